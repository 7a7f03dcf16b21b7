package io.schemajob.migration;

import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.ParsedScript;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.script.Version;
import io.schemajob.database.query.Closeables;
import io.schemajob.database.session.LostCommit;
import io.schemajob.database.session.LostCommit.TransactionStatus;
import io.schemajob.migration.history.AppliedMigration;
import io.schemajob.migration.history.History;
import io.schemajob.migration.history.HistoryTable;
import io.schemajob.migration.history.RecordedRow;
import io.schemajob.migration.mirror.HistoryMirror;
import io.schemajob.migration.plan.Plan;
import io.schemajob.migration.script.FailureState;
import io.schemajob.migration.script.MigrationEvents;
import io.schemajob.migration.script.OutsideException;
import io.schemajob.migration.script.RollbackFailure;
import io.schemajob.migration.script.ScriptProgress;
import io.schemajob.migration.session.MigrationSession;
import io.schemajob.migration.session.SessionCare;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Runs down scripts, newest first, each together with the removal of its history row in one transaction. Flyway's own
 * undo is not part of its free edition.
 */
public final class Rollback {
    private final MigrationSession session;
    private final MigrationEvents events;
    private final HistoryMirror kept;

    public Rollback(MigrationSession session, MigrationEvents events) {
        this.session = session;
        this.events = events;
        this.kept = HistoryMirror.of(session);
    }

    /**
     * Takes the migrations back.
     *
     * @param migrations as {@link Plan#down} made them; all must have a down script, or nothing is done
     */
    public void run(List<Migration> migrations) {
        requireDownScripts(migrations);
        List<ParsedScript> scripts =
                ScriptParser.parseAll(migrations.stream().map(Migration::down).toList());
        for (int i = 0; i < migrations.size(); i++) {
            Migration migration = migrations.get(i);
            ParsedScript script = scripts.get(i);
            session.retry()
                    .run(
                            "Rollback of migration " + migration.version(),
                            () -> step(session.history(), migration, script));
            events.unsettled(null);
            session.log().step("Migration %s rolled back successfully".formatted(migration.version()));
            events.applied(migration);
        }
    }

    /** Fails before anything is done if one of them cannot be rolled back. */
    public void requireDownScripts(List<Migration> migrations) {
        List<String> without = migrations.stream()
                .filter(migration -> migration.down() == null)
                .map(migration -> migration.version().toString())
                .toList();
        if (!without.isEmpty()) {
            throw Failure.of(
                            ExitStatus.CONFIG,
                            "There is no down script for migration %s.".formatted(String.join(", ", without)))
                    .where("bundle %s (%s)"
                            .formatted(session.bundle().name(), session.bundle().origin()))
                    .databaseState("Nothing was changed.")
                    .hint("Write the down script, or go forward with a new migration that undoes the change.")
                    .asException();
        }
    }

    private void step(History history, Migration migration, ParsedScript script) {
        session.lock().assertHeld();
        session.log().step("Rolling back migration %s: %s...".formatted(migration.version(), migration.title()));
        Connection connection = session.open();
        String transaction = null;
        try {
            connection.setAutoCommit(!script.transactional());
            String name = "The down script of migration " + migration.version();
            boolean unlocks = new SessionCare(session).begin(connection, script, SessionCare.traces(script));
            execute(connection, name, migration, script, unlocks);
            connection.setAutoCommit(false);
            transaction = session.clean(connection);
            if (script.stepwise()) {
                new ScriptProgress(session.schema()).empty(connection);
            }
            forget(connection, history, migration.version());
            kept.follow(connection, session.bundle().before(migration.version()));
            connection.commit();
            dropProgress(script);
        } catch (SQLException e) {
            TransactionStatus transactionStatus = transactionStatus(e, transaction, migration);
            if (transactionStatus == TransactionStatus.COMMITTED) {
                session.log().step("The connection was lost at the commit; the server says that it was done");
                dropProgress(script);
                return;
            }
            RollbackFailure failure = new RollbackFailure(migration, script.transactional(), transactionStatus);
            events.unsettled(failure.unsettled());
            session.cancellation().check();
            throw failure.explain(e);
        } finally {
            Closeables.closeQuietly(connection);
        }
    }

    private void dropProgress(ParsedScript script) {
        if (script.stepwise()) {
            new ScriptProgress(session.schema()).drop(session.lockConnection());
        }
    }

    private void execute(
            Connection connection, String name, Migration migration, ParsedScript script, boolean unlocks) {
        String version = migration.version().toString();
        if (script.transactional()) {
            String state = "The down script was rolled back whole; the schema is at %s.".formatted(version);
            session.scripts().run(connection, name, script, new FailureState(state));
            return;
        }
        events.unsettled("The down script of migration " + version
                + " runs outside of a transaction, and what it has done stays.");
        try {
            new OutsideScript(session, connection, name, script, version, unlocks).run();
        } catch (OutsideException e) {
            events.unsettled(e.failure().failure().databaseState());
            if (!e.needsPerson()) {
                session.cancellation().check();
            }
            throw e.failure();
        }
    }

    private TransactionStatus transactionStatus(SQLException e, String transaction, Migration migration) {
        if (transaction == null || !LostCommit.possible(e)) {
            return TransactionStatus.ROLLED_BACK;
        }
        return new LostCommit(session.sessions(), session.cancellation())
                .find(session.lockConnection(), transaction, asked -> new HistoryTable(session.schema())
                        .read(asked, session.bundle())
                        .current()
                        .filter(migration.version()::equals)
                        .isEmpty());
    }

    /**
     * Removes the row; a baseline that ends here moves down to the version before, or goes. Repeatable migrations belong
     * to the newest version: what they made may be gone with what is below it, so they have to run again.
     */
    private void forget(Connection connection, History history, Version version) throws SQLException {
        String table = new HistoryTable(session.schema()).qualified();
        for (AppliedMigration repeatable : history.repeatableRuns()) {
            update(connection, "DELETE FROM " + table + " WHERE installed_rank = ?", repeatable.rank());
        }
        AppliedMigration row = history.versioned().get(version);
        if (row != null) {
            update(connection, "DELETE FROM " + table + " WHERE installed_rank = ?", row.rank());
        }
        for (AppliedMigration baseline : history.rows()) {
            if (!baseline.baseline() || !baseline.version().equals(version)) {
                continue;
            }
            Optional<Version> before = session.bundle().before(version);
            String sql = before.map(lower -> "UPDATE " + table + " SET version = '" + lower + "'")
                    .orElse("DELETE FROM " + table);
            update(connection, sql + " WHERE installed_rank = ?", baseline.rank());
        }
    }

    private static void update(Connection connection, String sql, int rank) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, rank);
            RecordedRow.requireOne(statement.executeUpdate());
        }
    }
}
