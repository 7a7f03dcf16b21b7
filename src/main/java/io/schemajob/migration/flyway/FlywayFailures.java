package io.schemajob.migration.flyway;

import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.migration.script.CommitFailure;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Untrusted;
import java.sql.SQLException;

/**
 * Finds the cause in Flyway's exceptions: nearly all carry the same error code, what happened stands in the SQLException
 * (or in our own exception) below.
 */
public final class FlywayFailures {
    private FlywayFailures() {}

    /**
     * The failure.
     *
     * @param atCommit explains an error of the server that came after the statements of the script
     */
    public static SchemajobException explain(RuntimeException e, CommitFailure atCommit) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SchemajobException ours) {
                return ours;
            }
        }
        SQLException sql = sqlException(e);
        // The statements themselves succeeded.
        return sql == null ? withoutSql(e) : atCommit.explain(sql);
    }

    /**
     * The failure of what only writes to the history.
     *
     * @param what begins the sentence: "The history could not be repaired"
     */
    public static SchemajobException unexpected(String what, RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SchemajobException ours) {
                return ours;
            }
        }
        SQLException sql = sqlException(e);
        return sql == null ? withoutSql(e) : DatabaseFailures.unexpected(what, sql);
    }

    /** The innermost error of the server or the driver; null if there is none. */
    public static SQLException sqlException(RuntimeException e) {
        SQLException found = null;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                found = sql;
            }
        }
        return found;
    }

    private static SchemajobException withoutSql(RuntimeException e) {
        boolean lock = String.valueOf(e.getMessage()).contains("advisory lock");
        return Failure.of(
                        lock ? ExitStatus.TRY_AGAIN : ExitStatus.INTERNAL, "Flyway: " + Untrusted.text(e.getMessage()))
                .hint(
                        lock
                                ? "Another Flyway works on this schema; wait for it and run the job again."
                                : "Please report this with the output of --verbose.")
                .asException(e);
    }
}
