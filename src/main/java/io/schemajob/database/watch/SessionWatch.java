package io.schemajob.database.watch;

import io.schemajob.database.query.SqlStates;
import io.schemajob.report.cancel.DaemonThread;
import io.schemajob.report.log.Log;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Ends the waits of a run's sessions for a server or a network that has gone silent, without a limit on how long a
 * statement may take: who says nothing for a while is asked about in another session (docs/decisions/0030).
 */
public final class SessionWatch implements AutoCloseable {
    /** An expression for the process that serves a session, and for its server. */
    public static final String SELF =
            "pg_catalog.pg_backend_pid() || ' ' || extract(epoch FROM pg_catalog.pg_postmaster_start_time())";

    private final Set<Watched> sessions = ConcurrentHashMap.newKeySet();
    private final Silence.Limits limits = Silence.Limits.current();
    private final Witness witness;
    private final String address;
    private final Log log;
    private Thread thread;
    private volatile boolean closed;
    private long nextQuestion = System.nanoTime();

    /** @param login opens a session whose waits are bounded */
    public SessionWatch(Callable<Connection> login, String address, Log log) {
        this.witness = new Witness(login);
        this.address = address;
        this.log = log;
    }

    private static final class Watched {
        private final Connection session;
        private final WatchedSocket socket;
        private final Silence silence;
        private volatile Witness.Process process;

        private Watched(Connection session, WatchedSocket socket, Silence silence) {
            this.session = session;
            this.socket = socket;
            this.silence = silence;
        }

        private boolean silentFor(Duration time) {
            long since = socket.waitingSince();
            return since != 0 && System.nanoTime() - since >= time.toNanos();
        }
    }

    public synchronized void add(Connection session, WatchedSocket socket) {
        sessions.add(new Watched(session, socket, new Silence(limits)));
        if (thread == null) {
            thread = DaemonThread.start("schemajob-watch", this::watch);
        }
    }

    /** Watches a session no more; its socket, or null if it was not watched. */
    public WatchedSocket remove(Connection session) {
        for (Watched watched : sessions) {
            if (watched.session == session && sessions.remove(watched)) {
                return watched.socket;
            }
        }
        return null;
    }

    /**
     * Learns which server process serves the session; until then its statements are short ones of ours.
     *
     * @param self value of {@link #SELF}
     */
    public void identify(Connection session, String self) throws SQLException {
        Witness.Process process = Witness.Process.of(self);
        sessions.forEach(watched -> {
            if (watched.session == session) {
                watched.process = process;
            }
        });
    }

    private void watch() {
        try {
            while (!closed) {
                Thread.sleep(Math.min(1000, limits.quiet().toMillis()));
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            witness.close();
        }
    }

    private void look() {
        sessions.removeIf(watched -> watched.socket.isClosed());
        List<Watched> silent = sessions.stream()
                .filter(watched -> watched.silentFor(limits.quiet()))
                .toList();
        if (silent.isEmpty() || System.nanoTime() < nextQuestion) {
            return;
        }
        // When each wait began is read before the question: an answer may come while we ask.
        Map<Watched, Long> waits = new HashMap<>();
        silent.forEach(watched -> waits.put(watched, watched.socket.waitingSince()));
        Map<Watched, Silence.Sign> signs = ask(silent);
        nextQuestion = System.nanoTime() + limits.pause().toNanos();
        signs.forEach((watched, sign) -> judge(watched, sign, waits.get(watched)));
    }

    private void judge(Watched watched, Silence.Sign sign, long wait) {
        long now = System.nanoTime();
        boolean sameWait = wait != 0 && watched.socket.waitingSince() == wait;
        if (sameWait && watched.silence.lost(sign, wait, now)) {
            String why = Silence.describe(sign, Duration.ofNanos(now - wait), address);
            log.warn(why + "; the session is given up.");
            watched.socket.giveUp(why);
        }
    }

    private Map<Watched, Silence.Sign> ask(List<Watched> silent) {
        Map<Watched, Silence.Sign> signs = new HashMap<>();
        List<Witness.Process> processes = silent.stream()
                .map(watched -> watched.process)
                .filter(process -> process != null)
                .toList();
        try {
            Map<Witness.Process, Silence.Sign> known = witness.ask(processes);
            for (Watched watched : silent) {
                Witness.Process process = watched.process;
                signs.put(
                        watched,
                        process == null
                                ? Silence.Sign.WAITS_FOR_US
                                : known.getOrDefault(process, Silence.Sign.WORKING));
            }
        } catch (SQLException e) {
            boolean answers = !SqlStates.unreachable(SqlStates.of(e)) || anotherAnswers(silent);
            silent.forEach(watched -> signs.put(watched, answers ? Silence.Sign.WORKING : Silence.Sign.UNREACHABLE));
        }
        return signs;
    }

    /** Nobody can log in, which may have many reasons; the way to the server is there if an open session answers. */
    private boolean anotherAnswers(List<Watched> silent) {
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        for (Watched watched : sessions) {
            if (!silent.contains(watched) && !watched.socket.isClosed() && watched.socket.waitingSince() == 0) {
                answers.add(nudge(watched.session));
            }
        }
        for (CompletableFuture<Void> answer : answers) {
            try {
                answer.get(limits.quiet().toMillis(), TimeUnit.MILLISECONDS);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            } catch (Exception e) {
                // This one does not answer in time, or is gone.
            }
        }
        return false;
    }

    /** Sends an empty query, on a thread that may wait until the session is given up. */
    private static CompletableFuture<Void> nudge(Connection session) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        DaemonThread.start("schemajob-nudge", () -> {
            try (Statement statement = session.createStatement()) {
                if (session.getAutoCommit()) {
                    statement.execute("");
                    answer.complete(null);
                }
                answer.completeExceptionally(new IllegalStateException("in a transaction"));
            } catch (SQLException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
