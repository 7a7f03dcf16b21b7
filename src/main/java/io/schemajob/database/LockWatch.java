package io.schemajob.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/**
 * Finds out for what a statement waits, and for whom, while it waits: afterwards the server does not know any more. It
 * asks once, in the session that holds the job lock, when half of the lock timeout has passed.
 */
public final class LockWatch {
    private static final String SQL =
            """
            SELECT w.mode, coalesce(w.relation::regclass::text, w.locktype),
                   b.pid, a.application_name, a.usename, a.state,
                   extract(epoch FROM now() - coalesce(a.xact_start, a.backend_start))::bigint, x.gid, x.owner,
                   extract(epoch FROM now() - x.prepared)::bigint
            FROM pg_locks w
            CROSS JOIN LATERAL unnest(pg_blocking_pids(w.pid)) AS b (pid)
            LEFT JOIN pg_stat_activity a ON a.pid = b.pid
            LEFT JOIN pg_locks p ON b.pid = 0 AND p.pid IS NULL AND p.granted AND p.relation = w.relation
                                AND p.database = w.database
            LEFT JOIN pg_prepared_xacts x ON '-1/' || x.transaction::text = p.virtualtransaction
            WHERE w.pid = ? AND NOT w.granted
            ORDER BY b.pid
            """;

    private static final ScheduledExecutorService TIMER = timer();

    private final Connection control;
    private final Duration lockTimeout;
    private volatile String seen;

    /** @param lockTimeout of the statements; zero for none, and then nothing is asked */
    public LockWatch(Connection control, Duration lockTimeout) {
        this.control = control;
        this.lockTimeout = lockTimeout;
    }

    private static ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "schemajob-lock-watch");
            thread.setDaemon(true);
            return thread;
        });
        // A script may have a million statements, and most end long before they are asked about.
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** Begins to watch a statement; cancel the result when it has ended. */
    public Future<?> watch(Connection worker) throws SQLException {
        seen = null;
        int pid = worker.unwrap(PGConnection.class).getBackendPID();
        long delay = lockTimeout.isZero() ? Long.MAX_VALUE / 4 : lockTimeout.toNanos() / 2;
        return TIMER.schedule(() -> look(pid), delay, TimeUnit.NANOSECONDS);
    }

    /** What the last statement waited for, and who was in its way; empty if it was not seen waiting. */
    public Optional<String> seen() {
        return Optional.ofNullable(seen);
    }

    private void look(int pid) {
        List<String> holders = new ArrayList<>();
        String wanted = null;
        try (PreparedStatement statement = control.prepareStatement(SQL)) {
            statement.setInt(1, pid);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    wanted = "it waited for %s on %s".formatted(row.getString(1), row.getString(2));
                    holders.add(holder(row));
                }
            }
            seen = wanted == null ? null : wanted + ", in the way of which was " + String.join("; ", holders);
        } catch (SQLException e) {
            // It only serves the message.
        }
    }

    private static String holder(ResultSet row) throws SQLException {
        if (row.getInt(3) != 0) {
            return "pid %d (application %s, user %s, %s%s)"
                    .formatted(row.getInt(3), row.getString(4), row.getString(5), row.getString(6), age(row, 7));
        }
        return row.getString(8) == null
                ? "a prepared transaction (SELECT * FROM pg_prepared_xacts;)"
                : "the prepared transaction '%s' (user %s%s), which ends by COMMIT PREPARED or ROLLBACK PREPARED"
                        .formatted(row.getString(8), row.getString(9), age(row, 10));
    }

    private static String age(ResultSet row, int column) throws SQLException {
        Long seconds = row.getObject(column, Long.class);
        return seconds == null ? "" : ", for " + LockHolder.age(seconds);
    }
}
