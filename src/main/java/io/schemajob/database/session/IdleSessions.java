package io.schemajob.database.session;

import io.schemajob.database.connect.ConnectionSettings;
import io.schemajob.database.query.Closeables;
import io.schemajob.database.watch.WatchedSocket;
import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions that one run leaves to the next one of the same process with the same connection: those to look by and to hold
 * locks, in which no script and no check ever runs. Whoever leaves one makes it as clean as a new one (docs/decisions/0046).
 */
public final class IdleSessions implements AutoCloseable {
    private final int most;
    private final boolean onePlacePerSession;
    private final Deque<Idle> idle = new ArrayDeque<>();

    /** By database, and by who looks. */
    private final Map<ConnectionSettings, RoutineTraces> routines = new ConcurrentHashMap<>();

    /** Counts what scripts may have stored for new sessions. */
    private int age;

    /**
     * @param most how many are kept
     * @param onePlacePerSession whether one has to end before another begins on its server
     */
    public IdleSessions(int most, boolean onePlacePerSession) {
        this.most = most;
        this.onePlacePerSession = onePlacePerSession;
    }

    /** Keeps none: for a run that is alone in its process. */
    public static IdleSessions none() {
        return new IdleSessions(0, false);
    }

    /** Whether there is a next run at all. */
    boolean keeps() {
        return most > 0;
    }

    /** What earlier runs have learnt of the routines of a database. */
    RoutineTraces routines(ConnectionSettings connection) {
        return keeps() ? routines.computeIfAbsent(connection, first -> new RoutineTraces()) : new RoutineTraces();
    }

    /** How a session was opened; one that was opened in another way is another. */
    record Opening(ConnectionSettings connection, String applicationName) {}

    /**
     * A session that nobody uses.
     *
     * @param age of what new sessions begin with, when it was opened
     */
    record Idle(Opening opening, Connection session, WatchedSocket socket, int age) {}

    /** The one that was left last; null if there is none. */
    synchronized Idle take(Opening opening) {
        for (Iterator<Idle> each = idle.descendingIterator(); each.hasNext(); ) {
            Idle one = each.next();
            if (one.opening().equals(opening)) {
                each.remove();
                return one;
            }
        }
        if (onePlacePerSession) {
            idle.stream()
                    .filter(one -> one.opening()
                            .connection()
                            .hosts()
                            .equals(opening.connection().hosts()))
                    .findFirst()
                    .ifPresent(this::end);
        }
        return null;
    }

    /** @param left as clean as a new one */
    synchronized void leave(Idle left) {
        idle.addLast(left);
        if (left.age() != age) {
            end(left);
        } else if (idle.size() > most) {
            end(idle.getFirst());
        }
    }

    synchronized int age() {
        return age;
    }

    /** New sessions may begin with other settings from now on; those that are open do not learn of it. */
    synchronized void outdate() {
        age++;
        close();
    }

    private void end(Idle one) {
        idle.remove(one);
        Closeables.closeQuietly(one.session());
    }

    @Override
    public synchronized void close() {
        while (!idle.isEmpty()) {
            end(idle.getFirst());
        }
    }
}
