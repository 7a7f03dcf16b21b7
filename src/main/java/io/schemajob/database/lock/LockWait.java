package io.schemajob.database.lock;

import io.schemajob.database.query.LockHolder;
import io.schemajob.database.query.SimpleQuery;
import io.schemajob.report.cancel.Backoff;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.log.Log;
import io.schemajob.report.text.Durations;
import io.schemajob.report.text.Untrusted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Waits for advisory locks by polling in autocommit: a session that waits in {@code pg_advisory_lock()} holds a
 * snapshot, for which {@code CREATE INDEX CONCURRENTLY} of another session waits in turn (flyway#1654).
 *
 * @param limit how long one lock may take; then exit status TRY_AGAIN, naming the holder
 */
record LockWait(Duration limit, CancellationToken cancellation, Log log) {
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));

    /** Takes a lock and gives it back at once; true where that was possible. */
    private static final String PASS =
            "CASE WHEN pg_try_advisory_lock(%1$s) THEN pg_advisory_unlock(%1$s) ELSE false END";

    /**
     * Takes a lock for as long as the session lives, or until {@link #release}.
     *
     * @param who holds it if it is taken: "Another run"
     */
    void take(Connection session, long key, String who) throws SQLException {
        await(session, "SELECT pg_try_advisory_lock(?)", key, who);
    }

    /**
     * Waits until nobody holds any of the locks.
     *
     * @param once an expression that is evaluated with the first question
     */
    void pass(Connection session, List<Long> keys, String once, String who) throws SQLException {
        String all = keys.stream().map(PASS::formatted).collect(Collectors.joining(" AND ", "SELECT ", ", " + once));
        if (!"t".equals(SimpleQuery.value(session, all))) {
            for (long key : keys) {
                await(session, "SELECT " + PASS.formatted("k") + " FROM (VALUES (?::bigint)) AS keys (k)", key, who);
            }
        }
    }

    private void await(Connection session, String sql, long key, String who) throws SQLException {
        long end = System.nanoTime() + limit.toNanos();
        for (int attempt = 1; !call(session, sql, key); attempt++) {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (left.isNegative() || left.isZero()) {
                throw notObtained(session, key, who);
            }
            if (attempt == 1) {
                log.step("Waiting for another run to finish: " + Untrusted.text(LockHolder.describe(session, key)));
            }
            cancellation.sleep(PAUSES.after(attempt, left));
        }
    }

    /** Gives locks back, in one round trip. */
    static void release(Connection session, List<Long> keys) throws SQLException {
        SimpleQuery.run(
                session,
                keys.stream()
                        .map("pg_advisory_unlock(%d)"::formatted)
                        .collect(Collectors.joining(", ", "SELECT ", "")));
    }

    /** Calls a function of one key that returns a boolean. */
    static boolean call(Connection session, String sql, long key) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setLong(1, key);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private RuntimeException notObtained(Connection session, long key, String who) throws SQLException {
        return Failure.of(
                        ExitStatus.TRY_AGAIN,
                        "%s and did not finish within %s: %s."
                                .formatted(
                                        who, Durations.text(limit), Untrusted.text(LockHolder.describe(session, key))))
                .hint("Wait for that run, or end it with SELECT pg_terminate_backend(PID); and run the job again."
                        + " --lock-wait allows more time.")
                .asException();
    }
}
