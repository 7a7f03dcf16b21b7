package io.schemajob.migration;

import io.schemajob.bundle.Bundle;
import io.schemajob.database.DatabaseFailures;
import io.schemajob.database.JobLock;
import io.schemajob.database.LockRetry;
import io.schemajob.database.LockWatch;
import io.schemajob.database.Sessions;
import io.schemajob.report.Interruption;
import io.schemajob.report.Log;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.postgresql.PGConnection;

/**
 * What everything that changes the schema needs: where to get sessions, the job lock it works under, and how to stop.
 *
 * @param control the session that holds the job lock, in autocommit; for reading only
 */
public record MigrationSession(
        Bundle bundle,
        Sessions sessions,
        Connection control,
        JobLock lock,
        LockRetry retry,
        Interruption interruption,
        Log log) {

    String schema() {
        return sessions.settings().schema();
    }

    History history() {
        return new HistoryTable(schema()).read(control, bundle);
    }

    /** A session that changes the schema; the next run waits for its end, even if this process is killed. */
    Connection openWorker() {
        lock.holdForeign(FlywayLock.key(schema()), FlywayLock.HOLDER);
        return marked(sessions::openForMigrations);
    }

    /** A session for maintenance: the run does not take Flyway's lock, for which a migration would wait. */
    Connection openForMaintenance() {
        return marked(sessions::openForMaintenance);
    }

    private Connection marked(Supplier<Connection> open) {
        interruption.check();
        Connection worker = open.get();
        try {
            lock.markWorker(worker);
            // Without names of the driver's, a script may prepare statements of any name.
            worker.unwrap(PGConnection.class).setPrepareThreshold(0);
            return worker;
        } catch (SQLException e) {
            Sessions.closeQuietly(worker);
            throw DatabaseFailures.unexpected("A session for migrations could not be prepared", e);
        } catch (RuntimeException e) {
            Sessions.closeQuietly(worker);
            throw e;
        }
    }

    /**
     * Makes a session of ours as clean as a new one, in the transaction of the script that has used it.
     *
     * @return the number of that transaction
     */
    String clean(Connection worker) throws SQLException {
        return sessions.clean(worker, lock.workerKeys());
    }

    ScriptRunner scripts() {
        return new ScriptRunner(interruption, log, bundle.name(), locks());
    }

    LockWatch locks() {
        return new LockWatch(control, sessions.settings().lockTimeout());
    }
}
