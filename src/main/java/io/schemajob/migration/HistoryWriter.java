package io.schemajob.migration;

import io.schemajob.bundle.script.Migration;
import io.schemajob.database.query.Closeables;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.query.SqlStates;
import io.schemajob.database.session.LostCommit;
import io.schemajob.database.session.LostCommit.TransactionStatus;
import io.schemajob.migration.history.AppliedMigration;
import io.schemajob.migration.history.History;
import io.schemajob.migration.history.HistoryChange;
import io.schemajob.migration.history.HistoryTable;
import io.schemajob.migration.history.RecordedRow;
import io.schemajob.migration.history.StartNote;
import io.schemajob.migration.mirror.HistoryMirror;
import io.schemajob.migration.mirror.MirrorComment;
import io.schemajob.migration.script.ScriptProgress;
import io.schemajob.migration.session.MigrationSession;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.text.Untrusted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.Function;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.internal.util.AbbreviationUtils;

/**
 * Changes what the history says without running anything, in one transaction: a run that is killed records everything
 * or nothing, or the next one would run scripts whose tables are there. The rows are those that Flyway would have
 * written, and its lock is held.
 */
public final class HistoryWriter {
    private final MigrationSession session;

    public HistoryWriter(MigrationSession session) {
        this.session = session;
    }

    /**
     * Makes the change and brings the mirrored history to the version it reaches.
     *
     * @param decide is given the history as it is under the lock
     * @param kept remembered from now on
     * @return what was changed
     */
    public HistoryChange write(Function<History, HistoryChange> decide, HistoryMirror kept) {
        return session.retry().call("Recording", () -> attempt(decide, kept));
    }

    /** Creates the history where there is none, and notes that nothing is applied and the first run may begin. */
    public void beginAtBase() {
        session.retry().run("Recording", () -> {
            session.lock().assertHeld();
            Connection connection = session.open();
            try {
                new HistoryTable(session.schema()).create(connection);
                new StartNote(session.schema()).write(connection);
            } catch (SQLException e) {
                session.cancellation().check();
                throw DatabaseFailures.unexpected("The history could not be written", e);
            } finally {
                Closeables.closeQuietly(connection);
            }
        });
    }

    private HistoryChange attempt(Function<History, HistoryChange> decide, HistoryMirror kept) {
        session.lock().assertHeld();
        Connection connection = session.open();
        try {
            new HistoryTable(session.schema()).create(connection);
            HistoryChange change = decide.apply(session.history());
            connection.setAutoCommit(false);
            ScriptProgress progress = new ScriptProgress(session.schema());
            progress.empty(connection);
            for (AppliedMigration row : change.forgotten()) {
                delete(connection, row);
            }
            for (Migration migration : change.recorded()) {
                insert(connection, migration);
            }
            MirrorComment note = new MirrorComment(session.schema());
            if (!note.read(connection).equals(kept.tool())) {
                note.write(connection, kept.tool().orElse(null));
            }
            kept.follow(connection, change.reached());
            String transaction = LostCommit.number(connection);
            // A stop that met none of these short statements.
            session.cancellation().check();
            commit(connection, transaction);
            progress.drop(session.lockConnection());
            return change;
        } catch (SQLException e) {
            session.cancellation().check();
            throw DatabaseFailures.unexpected(
                    "The history could not be written",
                    e,
                    session.lockConnection(),
                    new HistoryTable(session.schema()).qualified());
        } finally {
            Closeables.closeQuietly(connection);
        }
    }

    private void commit(Connection connection, String transaction) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            LostCommit lost = new LostCommit(session.sessions(), session.cancellation());
            TransactionStatus transactionStatus = LostCommit.possible(e)
                    ? lost.find(session.lockConnection(), transaction, asked -> true)
                    : TransactionStatus.ROLLED_BACK;
            if (transactionStatus == TransactionStatus.UNKNOWN || transactionStatus == TransactionStatus.IN_PROGRESS) {
                throw Failure.of(
                                ExitStatus.UNAVAILABLE,
                                "The history could not be written: " + Untrusted.text(e.getMessage()))
                        .sqlState(SqlStates.of(e))
                        .databaseState("Whether the history was written is not known; no script was run.")
                        .hint("schemajob info says what the history says; then run the same command again.")
                        .asException(e);
            } else if (transactionStatus == TransactionStatus.ROLLED_BACK) {
                throw e;
            }
        }
    }

    private void delete(Connection connection, AppliedMigration row) throws SQLException {
        String sql = "DELETE FROM " + new HistoryTable(session.schema()).qualified() + " WHERE installed_rank = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, row.rank());
            RecordedRow.requireOne(statement.executeUpdate());
        }
    }

    private void insert(Connection connection, Migration migration) throws SQLException {
        String table = new HistoryTable(session.schema()).qualified();
        String sql =
                """
                INSERT INTO %1$s (installed_rank, version, description, type, script, checksum, installed_by,
                                  execution_time, success)
                SELECT coalesce(max(installed_rank), 0) + 1, ?, ?, 'SQL', ?, ?, current_user, 0, true FROM %1$s
                """
                        .formatted(table);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(
                    1,
                    MigrationVersion.fromVersion(migration.version().toString()).getVersion());
            statement.setString(2, AbbreviationUtils.abbreviateDescription(migration.description()));
            statement.setString(
                    3, AbbreviationUtils.abbreviateScript(migration.up().name()));
            statement.setInt(4, migration.up().checksum());
            statement.executeUpdate();
        }
        new RecordedRow(table, migration).require(connection);
    }
}
