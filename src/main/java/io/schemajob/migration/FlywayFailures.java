package io.schemajob.migration;

import io.schemajob.bundle.Migration;
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
        SQLException sql = null;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SchemajobException ours) {
                return ours;
            }
            if (cause instanceof SQLException found) {
                sql = found;
            }
        }
        return sql == null ? withoutSql(e, current) : atCommit(sql, migration, current, e);
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
        return Failure.of(status, "%s could not be completed: %s".formatted(Names.of(migration), sql.getMessage()))
                .where("script %s, after its last statement"
                        .formatted(migration.up().path()))
                .sqlState(state.isEmpty() ? null : state)
                .databaseState("The transaction was not committed, unless the connection broke at that very moment;"
                        + " before it the schema was at " + current + ".")
                .hint("Run the job again: it finds out what was committed.")
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
