package io.schemajob.database.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.PGConnection;

/**
 * Ends what the sessions of a run are doing when the run is stopped: whatever statement it is, ours, Flyway's or a
 * script's. Called again and again while the run unwinds.
 */
final class StatementCanceller implements Runnable {
    /** A server that does not answer a cancel request for so long has hung or is cut off: its sessions are given up. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Set<Connection> sessions = ConcurrentHashMap.newKeySet();
    private long end;

    void add(Connection session) {
        sessions.removeIf(StatementCanceller::closed);
        sessions.add(session);
    }

    void remove(Connection session) {
        sessions.remove(session);
    }

    @Override
    public void run() {
        if (end == 0) {
            end = System.nanoTime() + PATIENCE.toNanos();
        }
        sessions.removeIf(StatementCanceller::closed);
        boolean patient = System.nanoTime() < end;
        sessions.forEach(patient ? StatementCanceller::cancel : StatementCanceller::abort);
    }

    private static void cancel(Connection session) {
        try {
            session.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException e) {
            // The session is gone, and its statement with it; or the server does not answer, and patience will end.
        }
    }

    /** Closes the socket under whoever waits for an answer. */
    private static void abort(Connection session) {
        try {
            session.abort(Runnable::run);
        } catch (SQLException e) {
            // It is closed already.
        }
    }

    private static boolean closed(Connection session) {
        try {
            return session.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }
}
