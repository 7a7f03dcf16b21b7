package io.schemajob.migration.session;

import io.schemajob.bundle.Bundle;
import io.schemajob.database.lock.JobLock;
import io.schemajob.database.lock.LockRetry;
import io.schemajob.database.lock.LockWatch;
import io.schemajob.database.query.Closeables;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.session.Sessions;
import io.schemajob.migration.history.History;
import io.schemajob.migration.history.HistoryTable;
import io.schemajob.migration.script.ScriptRunner;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.log.Log;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.postgresql.PGConnection;

/**
 * What everything that works on the schema needs: where to get sessions, the job lock it works under, and how to stop.
 *
 * @param lockConnection in autocommit; it holds the job lock and is for reading only
 * @param lock null in a run that only looks
 */
public record MigrationSession(
        Bundle bundle,
        Sessions sessions,
        Connection lockConnection,
        JobLock lock,
        LockRetry retry,
        CancellationToken cancellation,
        Log log) {

    /** The same under a lock. */
    public MigrationSession under(JobLock held) {
        return new MigrationSession(bundle, sessions, lockConnection, held, retry, cancellation, log);
    }

    public String schema() {
        return sessions.settings().schema();
    }

    public History history() {
        return new HistoryTable(schema()).read(lockConnection, bundle);
    }

    /** A session that changes the schema; the next run waits for its end, even if this process is killed. */
    public Connection open() {
        return marked(sessions::openForMigrations);
    }

    /** A session for maintenance, whose run has a lock of its own. */
    public Connection openForMaintenance() {
        return marked(sessions::openForMaintenance);
    }

    private Connection marked(Supplier<Connection> open) {
        cancellation.check();
        Connection connection = open.get();
        try {
            lock.acquireSharedLock(connection);
            // Without names of the driver's, a script may prepare statements of any name.
            connection.unwrap(PGConnection.class).setPrepareThreshold(0);
            return connection;
        } catch (SQLException e) {
            Closeables.closeQuietly(connection);
            throw DatabaseFailures.unexpected("A session for migrations could not be prepared", e);
        } catch (RuntimeException e) {
            Closeables.closeQuietly(connection);
            throw e;
        }
    }

    /**
     * Makes a session of ours as clean as a new one, in the transaction of the script that has used it.
     *
     * @return the number of that transaction
     */
    public String clean(Connection connection) throws SQLException {
        return sessions.clean(connection, lock.sharedKeys());
    }

    public ScriptRunner scripts() {
        return new ScriptRunner(cancellation, log, bundle.name(), locks());
    }

    public LockWatch locks() {
        return new LockWatch(lockConnection, sessions.settings().lockTimeout(), log);
    }
}
