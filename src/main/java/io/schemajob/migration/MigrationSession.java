package io.schemajob.migration;

import io.schemajob.bundle.Bundle;
import io.schemajob.database.JobLock;
import io.schemajob.database.LockRetry;
import io.schemajob.database.LockWatch;
import io.schemajob.database.Sessions;
import io.schemajob.report.Interruption;
import io.schemajob.report.Log;
import java.sql.Connection;

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
        interruption.check();
        Connection worker = sessions.openForMigrations();
        try {
            lock.markWorker(worker);
            lock.takeForeign(worker, FlywayLock.key(schema()), FlywayLock.HOLDER);
            return worker;
        } catch (RuntimeException e) {
            Sessions.closeQuietly(worker);
            throw e;
        }
    }

    /** A session for maintenance: it does not take Flyway's lock, for which a migration would wait. */
    Connection openForMaintenance() {
        interruption.check();
        Connection worker = sessions.openForMaintenance();
        lock.markWorker(worker);
        return worker;
    }

    ScriptRunner scripts() {
        return new ScriptRunner(
                interruption,
                log,
                bundle.name(),
                new LockWatch(control, sessions.settings().lockTimeout()));
    }
}
