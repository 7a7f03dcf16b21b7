package io.schemajob.database.lock;

import io.schemajob.database.query.LockHolder;
import io.schemajob.database.query.SqlStates;
import io.schemajob.report.cancel.DaemonThread;
import io.schemajob.report.log.Heartbeat;
import io.schemajob.report.log.Log;
import io.schemajob.report.text.Untrusted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/**
 * Finds out for what a statement waits, and for whom, while it waits: afterwards the server does not know any more. It
 * asks in the session that holds the job lock, when half of the lock timeout has passed, and once after half a second.
 */
public final class LockWatch {
    /** What is waited for is asked about early too: a deadlock ends the wait after a second. */
    private static final long EARLY = TimeUnit.MILLISECONDS.toNanos(500);

    private static final String SQL =
            """
            SELECT w.mode, coalesce(w.relation::regclass::text, w.locktype), b.pid, NULL, %s
            FROM pg_locks w
            CROSS JOIN LATERAL unnest(pg_blocking_pids(w.pid)) AS b (pid)
            LEFT JOIN pg_stat_activity a ON a.pid = b.pid
            LEFT JOIN pg_locks p ON b.pid = 0 AND p.pid IS NULL AND p.granted
             AND (p.relation = w.relation AND p.database = w.database OR p.transactionid = w.transactionid)
            LEFT JOIN %s ON x.vxid = p.virtualtransaction
            WHERE w.pid = ? AND NOT w.granted
            ORDER BY b.pid
            """
                    .formatted(LockHolder.COLUMNS, LockHolder.PREPARED);

    private static final ScheduledExecutorService TIMER = DaemonThread.timer("schemajob-lock-watch");

    private final Connection lockConnection;
    private final Duration lockTimeout;
    private final LongStatement progress;
    private volatile String seen;

    /**
     * For statements of one run.
     *
     * @param lockTimeout of the statements; zero for none, and then nothing is kept for a failure
     * @param log gets to know of statements that take long
     */
    public LockWatch(Connection lockConnection, Duration lockTimeout, Log log) {
        this.lockConnection = lockConnection;
        this.lockTimeout = lockTimeout;
        this.progress = new LongStatement(lockConnection, log);
    }

    /** Begins to watch a statement; close the result when it has ended. */
    public Watch watch(Connection connection) throws SQLException {
        return watch(connection, "The statement has run");
    }

    /** @param what it does, as {@link Heartbeat#begin} takes it */
    public Watch watch(Connection connection, String what) throws SQLException {
        seen = null;
        int pid = connection.unwrap(PGConnection.class).getBackendPID();
        List<Future<?>> questions = new ArrayList<>();
        if (!lockTimeout.isZero()) {
            long half = lockTimeout.toNanos() / 2;
            questions.add(TIMER.schedule(() -> look(pid), half, TimeUnit.NANOSECONDS));
            if (half > EARLY) {
                questions.add(TIMER.schedule(() -> look(pid), EARLY, TimeUnit.NANOSECONDS));
            }
        }
        Heartbeat heartbeat = progress.watch(pid, what, () -> wait(pid, "waits for %s, in the way of which is %s"));
        return () -> {
            heartbeat.close();
            questions.forEach(question -> question.cancel(false));
        };
    }

    /** A statement that is watched. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /** What the last statement waited for, and who was in its way; empty if it was not seen waiting. */
    public Optional<String> seen() {
        return Optional.ofNullable(seen);
    }

    /** The end of a sentence about an error, where that is about a lock. */
    public static String told(String state, Optional<String> seen) {
        return SqlStates.lockTimeout(state)
                ? seen.map(text -> "; " + Untrusted.text(text)).orElse("")
                : "";
    }

    private void look(int pid) {
        try {
            seen = wait(pid, "it waited for %s, in the way of which was %s");
        } catch (SQLException e) {
            // It only serves the message.
        }
    }

    /** What the process waits for and who is in its way, in this form; null where it waits for no lock. */
    private String wait(int pid, String form) throws SQLException {
        Set<String> holders = new LinkedHashSet<>();
        String wanted = null;
        try (PreparedStatement statement = lockConnection.prepareStatement(SQL)) {
            statement.setInt(1, pid);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    wanted = row.getString(1) + " on " + row.getString(2);
                    holders.add(LockHolder.describe(row, 3, null));
                }
            }
        }
        return wanted == null ? null : form.formatted(wanted, String.join("; ", holders));
    }
}
