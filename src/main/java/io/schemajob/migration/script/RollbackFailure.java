package io.schemajob.migration.script;

import io.schemajob.bundle.script.Migration;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.query.SqlStates;
import io.schemajob.database.session.LostCommit.TransactionStatus;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Untrusted;
import java.sql.SQLException;

/**
 * Explains what failed after the last statement of a down script: a deferred constraint, the history, or the connection
 * at COMMIT.
 *
 * @param transactional whether the down script ran in a transaction; otherwise only the history is behind
 * @param transactionStatus whether it was committed
 */
public record RollbackFailure(Migration migration, boolean transactional, TransactionStatus transactionStatus) {

    public SchemajobException explain(SQLException e) {
        String state = SqlStates.of(e);
        ExitStatus status = status(state);
        return Failure.of(
                        status,
                        "Migration %s could not be rolled back: %s"
                                .formatted(migration.version(), Untrusted.text(StatementFailure.message(e))))
                .where("script %s, after its last statement"
                        .formatted(migration.down().path()))
                .sqlState(state.isEmpty() ? null : state)
                .databaseState(databaseState())
                .hint(
                        status == ExitStatus.UNAVAILABLE
                                ? DatabaseFailures.unavailable(state)
                                : status == ExitStatus.TRY_AGAIN
                                        ? "Run the rollback again."
                                        : "Correct %s, or what the message names, and run the rollback again."
                                                .formatted(migration.down().path()))
                .asException(e);
    }

    /** What the run has to say of it if it ends for another reason; null if there is nothing. */
    public String unsettled() {
        return transactional && transactionStatus == TransactionStatus.ROLLED_BACK ? null : databaseState();
    }

    private String databaseState() {
        String version = migration.version().toString();
        if (!transactional) {
            return "The down script runs outside of a transaction and is done; "
                    + (transactionStatus == TransactionStatus.ROLLED_BACK
                            ? "the history still says %s.".formatted(version)
                            : "whether the history still says %s is not known: the server could not be asked."
                                    .formatted(version));
        }
        return switch (transactionStatus) {
            case ROLLED_BACK -> "The down script was rolled back whole; the schema is at %s.".formatted(version);
            case IN_PROGRESS -> "The server is still at the commit; before it the schema was at %s.".formatted(version);
            default ->
                "Whether it was committed is not known: the server could not be asked. Before it the schema was at %s."
                        .formatted(version);
        };
    }

    private ExitStatus status(String state) {
        if (state.isEmpty() || SqlStates.unavailable(state) || state.equals(SqlStates.READ_ONLY)) {
            return ExitStatus.UNAVAILABLE;
        } else if (SqlStates.lockTimeout(state)) {
            // A down script outside of a transaction is done, and the next rollback removes its row.
            return ExitStatus.TRY_AGAIN;
        }
        return transactional ? ExitStatus.MIGRATION_FAILED : ExitStatus.MIGRATION_PARTIAL;
    }
}
