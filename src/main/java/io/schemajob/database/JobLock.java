package io.schemajob.database;

import io.schemajob.report.Backoff;
import io.schemajob.report.ExitStatus;
import io.schemajob.report.Failure;
import io.schemajob.report.Interruption;
import io.schemajob.report.Log;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The advisory lock that one run holds from its first look at the history to its last check, so that two pods never
 * work on one schema.
 *
 * <p>It is taken by polling in autocommit: a session that waits in {@code pg_advisory_lock()} holds a snapshot, for
 * which {@code CREATE INDEX CONCURRENTLY} of another session waits in turn (flyway#1654).
 *
 * <p>Sessions that run statements of migrations hold a second key in share mode. A killed pod's backend works on for a
 * moment after its job lock is gone; the next run waits until the second key is free, so it never looks at a schema
 * that a dead run is still changing.
 */
public final class JobLock implements AutoCloseable {
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));

    private final Connection session;
    private final LockKeys keys;

    private JobLock(Connection session, LockKeys keys) {
        this.session = session;
        this.keys = keys;
    }

    /**
     * Waits for the lock.
     *
     * @param session in autocommit, kept open for as long as the lock is needed
     * @param wait how long another run may take; then exit status TRY_AGAIN, naming the holder
     */
    public static JobLock acquire(
            Connection session, LockKeys keys, Duration wait, Interruption interruption, Log log) {
        long end = System.nanoTime() + wait.toNanos();
        try {
            waitFor(session, keys.job(), end, wait, interruption, log);
            waitFor(session, keys.workers(), end, wait, interruption, log);
            unlock(session, keys.workers());
            return new JobLock(session, keys);
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The job lock could not be taken", e);
        }
    }

    private static void waitFor(
            Connection session, long key, long end, Duration wait, Interruption interruption, Log log)
            throws SQLException {
        for (int attempt = 1; !call(session, "SELECT pg_try_advisory_lock(?)", key); attempt++) {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (left.isNegative() || left.isZero()) {
                throw notObtained(session, key, wait);
            }
            if (attempt == 1) {
                log.step("Waiting for another run to finish: " + LockHolder.describe(session, key));
            }
            interruption.sleep(PAUSES.after(attempt, left));
        }
    }

    private static RuntimeException notObtained(Connection session, long key, Duration wait) throws SQLException {
        return Failure.of(
                        ExitStatus.TRY_AGAIN,
                        "Another run holds the job lock and did not finish within %d s: %s."
                                .formatted(wait.toSeconds(), LockHolder.describe(session, key)))
                .databaseState("Nothing was changed by this run.")
                .hint("Wait for that run, or end it with SELECT pg_terminate_backend(PID); and run the job again."
                        + " --lock-wait allows more time.")
                .asException();
    }

    /** Fails if the session that holds the lock has died: then another run may have begun. */
    public void assertHeld() {
        try (PreparedStatement statement = session.prepareStatement("SELECT 1")) {
            statement.execute();
        } catch (SQLException e) {
            throw Failure.of(ExitStatus.UNAVAILABLE, "The session that holds the job lock was lost: " + e.getMessage())
                    .sqlState(e.getSQLState())
                    .databaseState("Migrations that were reported as applied stay applied; no further one was begun.")
                    .hint("Run the job again.")
                    .asException(e);
        }
    }

    /** Marks a session as one that changes the schema, until it is closed. */
    public void markWorker(Connection worker) {
        try {
            if (!call(worker, "SELECT pg_try_advisory_lock_shared(?)", keys.workers())) {
                throw Failure.of(ExitStatus.TRY_AGAIN, "Another session is checking for leftovers of a killed run.")
                        .databaseState("Nothing was changed by this run.")
                        .hint("Run the job again.")
                        .asException();
            }
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("A session for migrations could not be marked", e);
        }
    }

    /** Lets the next run in. The server does the same when the session ends. */
    @Override
    public void close() {
        try {
            unlock(session, keys.job());
        } catch (SQLException e) {
            // The session is gone and the lock with it.
        }
    }

    private static void unlock(Connection session, long key) throws SQLException {
        call(session, "SELECT pg_advisory_unlock(?)", key);
    }

    private static boolean call(Connection session, String sql, long key) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setLong(1, key);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
