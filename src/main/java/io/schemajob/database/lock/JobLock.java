package io.schemajob.database.lock;

import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.query.LockHolder;
import io.schemajob.database.query.SimpleQuery;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.log.Log;
import io.schemajob.report.text.Untrusted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The advisory lock that one run holds from its first look at the history to its last check, so that two pods never
 * work on one schema; a bundle of several schemas takes one for each.
 *
 * <p>Sessions that run statements of migrations hold a second key in share mode. A killed pod's backend works on for a
 * moment after its job lock is gone; the next run waits until the second key is free, so it never looks at a schema
 * that a dead run is still changing.
 */
public final class JobLock implements AutoCloseable {
    /** A run that has done its work does not wait long for a server that has gone silent since. */
    private static final int LAST_WORDS_MILLIS = 5_000;

    private final Connection session;
    private final List<LockKeys> keys;
    private final LockWait wait;
    private final LockHeartbeat heartbeat;
    private final List<Long> foreign = new ArrayList<>();

    private JobLock(Connection session, List<LockKeys> keys, LockWait wait) {
        this.session = session;
        this.keys = keys;
        this.wait = wait;
        this.heartbeat = new LockHeartbeat(session);
    }

    /**
     * Waits for the lock.
     *
     * @param session in autocommit, kept open for as long as the lock is needed
     * @param keys of all schemas that the run works on, in an order that all runs keep to
     * @param limit how long another run may take; then exit status TRY_AGAIN, naming the holder
     */
    public static JobLock acquire(
            Connection session, List<LockKeys> keys, Duration limit, CancellationToken cancellation, Log log) {
        LockWait wait = new LockWait(limit, cancellation, log);
        try {
            for (LockKeys schema : keys) {
                wait.take(session, schema.job(), "Another run holds the job lock");
            }
            wait.pass(
                    session,
                    keys.stream().map(LockKeys::shared).toList(),
                    LockHolder.sign(),
                    "A killed run is still at work");
            return new JobLock(session, List.copyOf(keys), wait);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * Takes a lock of another tool; waits for it as long as for the job lock. It is held here and not where scripts run,
     * so that no script can release it.
     *
     * @param who what the message calls the holder and what it does
     */
    public void holdForeign(long key, String who) {
        try {
            wait.take(session, key, who);
            foreign.add(key);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Lets the other tool work again, and keeps the job lock. */
    public void releaseForeign() {
        try {
            LockWait.release(session, foreign);
            foreign.clear();
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("A lock could not be given back", e);
        }
    }

    /** Fails if the session that holds the lock has died: then another run may have begun. */
    public void assertHeld() {
        try (PreparedStatement statement = session.prepareStatement("SELECT 1")) {
            statement.execute();
        } catch (SQLException e) {
            throw Failure.of(
                            ExitStatus.UNAVAILABLE,
                            "The session that holds the job lock was lost: " + Untrusted.text(e.getMessage()))
                    .sqlState(e.getSQLState())
                    .hint("Run the job again.")
                    .asException(e);
        }
    }

    /** Marks a session as one that changes the schema, until it is closed. */
    public void acquireSharedLock(Connection connection) {
        try {
            for (long key : sharedKeys()) {
                if (!LockWait.call(connection, "SELECT pg_try_advisory_lock_shared(?)", key)) {
                    throw Failure.of(ExitStatus.TRY_AGAIN, "Another session is checking for leftovers of a killed run.")
                            .hint("Run the job again.")
                            .asException();
                }
            }
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("A session for migrations could not be marked", e);
        }
    }

    /** Marks its open transaction too, for a script that may release the locks of its session. */
    public void markTransaction(Connection connection) throws SQLException {
        for (long key : sharedKeys()) {
            SimpleQuery.run(connection, "SELECT pg_catalog.pg_advisory_xact_lock_shared(" + key + ")");
        }
    }

    /** The keys that sessions hold in share mode after {@link #acquireSharedLock}. */
    public List<Long> sharedKeys() {
        return keys.stream().map(LockKeys::shared).toList();
    }

    /** Lets the next run in; use the session no more. The server does the same when the session ends. */
    @Override
    public void close() {
        heartbeat.close();
        try {
            session.setNetworkTimeout(Runnable::run, LAST_WORDS_MILLIS);
            LockWait.release(
                    session,
                    Stream.concat(foreign.stream(), keys.stream().map(LockKeys::job))
                            .toList());
        } catch (SQLException e) {
            // The session is gone and the lock with it.
        }
    }

    private static RuntimeException failed(SQLException e) {
        return DatabaseFailures.unexpected("The lock could not be taken", e);
    }
}
