package io.schemajob.database;

import io.schemajob.report.ExitStatus;
import io.schemajob.report.Failure;
import io.schemajob.report.SchemajobException;
import io.schemajob.report.Untrusted;
import java.sql.SQLException;

/** Gives an SQLException outside of migration scripts its exit status. */
public final class DatabaseFailures {
    private DatabaseFailures() {}

    /**
     * Wraps an error of a query that is ours.
     *
     * @param what begins the sentence: "The history could not be read"
     */
    public static SchemajobException unexpected(String what, SQLException e) {
        String state = SqlStates.of(e);
        return Failure.of(status(state), what + ": " + Untrusted.text(LostConnectionException.message(e)))
                .sqlState(state.isEmpty() ? null : state)
                .databaseState("The open transaction, if any, was rolled back.")
                .hint(RowSecurity.refused(e) ? RowSecurity.HINT : hint(status(state)))
                .asException(e);
    }

    private static ExitStatus status(String state) {
        if (state.isEmpty() || SqlStates.unavailable(state)) {
            return ExitStatus.UNAVAILABLE;
        }
        if (SqlStates.denied(state)) {
            return ExitStatus.ACCESS_DENIED;
        }
        if (SqlStates.lockTimeout(state) || state.equals(SqlStates.QUERY_CANCELED)) {
            return ExitStatus.TRY_AGAIN;
        }
        return ExitStatus.INTERNAL;
    }

    private static String hint(ExitStatus status) {
        return switch (status) {
            case UNAVAILABLE, TRY_AGAIN -> "Run the job again.";
            case ACCESS_DENIED -> "Grant the privilege that the message names, and run the job again.";
            default -> "Please report this with the output of --verbose.";
        };
    }
}
