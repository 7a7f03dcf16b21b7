package io.schemajob.migration.maintenance;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.Maintenance;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.database.lock.LockWatch;
import io.schemajob.database.query.Closeables;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.query.RowSecurity;
import io.schemajob.database.query.ServerFacts;
import io.schemajob.database.query.SqlStates;
import io.schemajob.migration.script.StatementFailure;
import io.schemajob.migration.session.MigrationSession;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.ShellWord;
import io.schemajob.report.text.Untrusted;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the tasks of a bundle's {@code maintenance.sql}. A batched task is a row of short transactions, each of which
 * locks at most so many rows, so that the application never waits longer than for one batch.
 */
public final class Maintainer {
    private final MigrationSession session;
    private final Maintenance maintenance;
    private final Map<String, Long> values;

    /**
     * The runner.
     *
     * @param values of all settings, as {@link Maintenance#values} made them
     */
    public Maintainer(MigrationSession session, Maintenance maintenance, Map<String, Long> values) {
        this.session = session;
        this.maintenance = maintenance;
        this.values = values;
    }

    /** Runs one task and returns how many rows it touched; 0 where a statement counts none. */
    public long run(Maintenance.Task task) {
        String sql = maintenance.sql(task, values);
        Connection connection = session.openForMaintenance();
        try {
            if (task.statement().kind() == Statement.Kind.NON_TRANSACTIONAL) {
                // It waits by design, and nobody waits for it.
                execute(connection, task, "SET lock_timeout = 0");
            }
            return task.batched() ? batches(connection, task, sql) : once(connection, task, sql);
        } finally {
            Closeables.closeQuietly(connection);
        }
    }

    private long batches(Connection connection, Maintenance.Task task, String sql) {
        long most = values.get(Maintenance.BATCH);
        long total = 0;
        long touched;
        do {
            touched = once(connection, task, sql);
            total += touched;
        } while (touched >= most);
        return total;
    }

    /** Not once another run of maintenance may have begun: what one of them deletes in batches is not the other's too. */
    private long once(Connection connection, Maintenance.Task task, String sql) {
        session.lock().assertHeld();
        return session.retry().call("Task " + task.name(), () -> execute(connection, task, sql));
    }

    /** In autocommit: each statement is a transaction of its own. */
    private long execute(Connection connection, Maintenance.Task task, String sql) {
        session.cancellation().check();
        LockWatch locks = session.locks();
        try (java.sql.Statement statement = connection.createStatement();
                LockWatch.Watch watch = locks.watch(connection)) {
            statement.setEscapeProcessing(false);
            return statement.execute(sql) ? 0 : Math.max(0, statement.getLargeUpdateCount());
        } catch (SQLException e) {
            session.cancellation().check();
            throw failed(connection, task, e, locks.seen());
        }
    }

    private SchemajobException failed(
            Connection connection, Maintenance.Task task, SQLException e, Optional<String> waitedFor) {
        Bundle bundle = session.bundle();
        String state = SqlStates.of(e);
        boolean readOnly = ServerFacts.becameReadOnly(connection, e);
        ExitStatus status = readOnly || state.isEmpty() || SqlStates.unavailable(state)
                ? ExitStatus.UNAVAILABLE
                : SqlStates.lockTimeout(state)
                        ? ExitStatus.TRY_AGAIN
                        : SqlStates.denied(state) ? ExitStatus.ACCESS_DENIED : ExitStatus.MIGRATION_FAILED;
        String again = "run it again: schemajob maintain --task " + ShellWord.of(task.name());
        return Failure.of(
                        status,
                        "The maintenance task %s failed: %s"
                                        .formatted(task.name(), Untrusted.text(StatementFailure.message(e)))
                                + LockWatch.told(state, waitedFor))
                .where("bundle %s, %s, line %d"
                        .formatted(
                                bundle.name(),
                                Maintenance.FILE,
                                task.statement().line()))
                .sqlState(state.isEmpty() ? null : state)
                .databaseState("The batch that failed was rolled back; those before it are done for good.")
                .hint(
                        status == ExitStatus.UNAVAILABLE
                                ? DatabaseFailures.unavailable(state) + " By itself, " + again
                                : RowSecurity.refused(e) ? RowSecurity.HINT : "Correct the cause and " + again)
                .asException(e);
    }
}
