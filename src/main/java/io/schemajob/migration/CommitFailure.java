package io.schemajob.migration;

import io.schemajob.bundle.Migration;
import io.schemajob.database.SqlStates;
import io.schemajob.report.ExitStatus;
import io.schemajob.report.Failure;
import io.schemajob.report.SchemajobException;
import io.schemajob.report.Untrusted;
import java.sql.SQLException;

/**
 * Explains what failed after the last statement of a script: a deferred constraint, the history row, or the connection
 * at COMMIT.
 *
 * @param migration the one that was being applied
 * @param current the version the schema was at before it
 */
record CommitFailure(Migration migration, String current) {

    SchemajobException explain(SQLException e) {
        String state = SqlStates.of(e);
        ExitStatus status = status(state);
        String name = Names.of(migration);
        String script = migration.up().path();
        boolean refused = status == ExitStatus.MIGRATION_FAILED;
        String unknown = "The transaction was not committed, unless the connection broke at that very moment; before it"
                + " the schema was at " + current + ".";
        return Failure.of(
                        status,
                        "%s could not be committed: %s".formatted(name, Untrusted.text(StatementFailure.message(e))))
                .where("script %s, after its last statement".formatted(script))
                .sqlState(state.isEmpty() ? null : state)
                .databaseState(refused ? FailureState.of(name, current).rolledBack() : unknown)
                .hint(
                        refused
                                ? "Correct %s and run the job again.".formatted(script)
                                : "Run the job again: it finds out what was committed.")
                .asException(e);
    }

    private static ExitStatus status(String state) {
        if (SqlStates.unavailable(state)) {
            return ExitStatus.UNAVAILABLE;
        } else if (SqlStates.lockTimeout(state)) {
            return ExitStatus.TRY_AGAIN;
        }
        return SqlStates.denied(state) ? ExitStatus.ACCESS_DENIED : ExitStatus.MIGRATION_FAILED;
    }
}
