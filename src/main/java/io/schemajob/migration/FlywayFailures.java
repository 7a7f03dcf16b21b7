package io.schemajob.migration;

import io.schemajob.bundle.Migration;
import io.schemajob.database.DatabaseFailures;
import io.schemajob.database.SqlStates;
import io.schemajob.report.ExitStatus;
import io.schemajob.report.Failure;
import io.schemajob.report.SchemajobException;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;

/**
 * Finds the cause in Flyway's exceptions: nearly all carry the same error code, what happened stands in the SQLException
 * (or in our own exception) below.
 */
final class FlywayFailures {
    private FlywayFailures() {}

    /**
     * The failure.
     *
     * @param migration the one that was being applied
     * @param current the version the schema is at
     */
    static SchemajobException explain(FlywayException e, Migration migration, String current) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SchemajobException ours) {
                return ours;
            }
        }
        SQLException sql = sqlException(e);
        return sql == null ? withoutSql(e, current) : atCommit(sql, migration, current, e);
    }

    /**
     * The failure of what only writes to the history.
     *
     * @param what begins the sentence: "The history could not be repaired"
     */
    static SchemajobException unexpected(String what, FlywayException e) {
        SQLException sql = sqlException(e);
        return sql == null ? withoutSql(e, "as before") : DatabaseFailures.unexpected(what, sql);
    }

    private static SQLException sqlException(FlywayException e) {
        SQLException found = null;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                found = sql;
            }
        }
        return found;
    }

    /** The statements themselves succeeded: a deferred constraint, or the connection, failed at COMMIT. */
    private static SchemajobException atCommit(
            SQLException sql, Migration migration, String current, FlywayException e) {
        String state = SqlStates.of(sql);
        ExitStatus status = SqlStates.unavailable(state)
                ? ExitStatus.UNAVAILABLE
                : SqlStates.lockTimeout(state)
                        ? ExitStatus.TRY_AGAIN
                        : SqlStates.denied(state) ? ExitStatus.ACCESS_DENIED : ExitStatus.MIGRATION_FAILED;
        String name = Names.of(migration);
        boolean refused = status == ExitStatus.MIGRATION_FAILED;
        String unknown = "The transaction was not committed, unless the connection broke at that very moment; before it"
                + " the schema was at " + current + ".";
        return Failure.of(status, "%s could not be committed: %s".formatted(name, StatementFailure.message(sql)))
                .where("script %s, after its last statement"
                        .formatted(migration.up().path()))
                .sqlState(state.isEmpty() ? null : state)
                .databaseState(refused ? FailureState.of(name, current).rolledBack() : unknown)
                .hint(
                        refused
                                ? "Correct %s and run the job again."
                                        .formatted(migration.up().path())
                                : "Run the job again: it finds out what was committed.")
                .asException(e);
    }

    private static SchemajobException withoutSql(FlywayException e, String current) {
        boolean lock = String.valueOf(e.getMessage()).contains("advisory lock");
        return Failure.of(lock ? ExitStatus.TRY_AGAIN : ExitStatus.INTERNAL, "Flyway: " + e.getMessage())
                .databaseState("The schema is at " + current + ".")
                .hint(
                        lock
                                ? "Another Flyway works on this schema; wait for it and run the job again."
                                : "Please report this with the output of --verbose.")
                .asException(e);
    }
}
