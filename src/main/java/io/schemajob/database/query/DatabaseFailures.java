package io.schemajob.database.query;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Untrusted;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Gives an SQLException outside of migration scripts its exit status. What state the database is in only the run knows,
 * and says it.
 */
public final class DatabaseFailures {
    private static final String CHANGED =
            "Another session changed the schema while this run looked at it: run the job again when that has ended.";

    private DatabaseFailures() {}

    /**
     * Wraps an error of a query that is ours.
     *
     * @param what begins the sentence: "The history could not be read"
     */
    public static SchemajobException unexpected(String what, SQLException e) {
        String state = SqlStates.of(e);
        boolean changed = context(e) == null && SqlStates.noLongerThere(e);
        ExitStatus status = changed ? ExitStatus.TRY_AGAIN : status(state, context(e) != null);
        String hint = changed ? CHANGED : hint(status, state, context(e) != null);
        return Failure.of(status, what + ": " + Untrusted.text(line(LostConnectionException.message(e))))
                .sqlState(state.isEmpty() ? null : state)
                .hint(RowSecurity.refused(e) ? RowSecurity.HINT : hint)
                .asException(e);
    }

    /** A sentence is one line; the server says detail, hint and place in lines of their own. */
    private static String line(String message) {
        return String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
    }

    /**
     * The same for a query of one table; where that is locked, by whom.
     *
     * @param session in no transaction that has failed
     */
    public static SchemajobException unexpected(String what, SQLException e, Connection session, String table) {
        return unexpected(what + lockedBy(e, session, table), e);
    }

    /** The end of a sentence about a table of ours that somebody else has locked; empty for other errors. */
    public static String lockedBy(SQLException e, Connection session, String table) {
        if (!SqlStates.lockTimeout(SqlStates.of(e))) {
            return "";
        }
        try {
            return " (%s is locked by %s)".formatted(table, Untrusted.text(LockHolder.ofTable(session, table)));
        } catch (SQLException unknown) {
            return "";
        }
    }

    /**
     * The functions in which the server was when it raised an error, innermost first: our own statements call none, so
     * it is a trigger or an event trigger that refused.
     *
     * @return null outside of functions
     */
    public static String context(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException sql ? sql.getServerErrorMessage() : null;
        String where = server == null ? null : server.getWhere();
        return where != null && where.contains("function") ? where : null;
    }

    private static ExitStatus status(String state, boolean raisedByFunction) {
        if (state.isEmpty()
                || SqlStates.unavailable(state)
                || SqlStates.endedByTimeout(state)
                || state.equals(SqlStates.READ_ONLY)) {
            return ExitStatus.UNAVAILABLE;
        }
        if (SqlStates.lockTimeout(state) || state.equals(SqlStates.QUERY_CANCELED)) {
            return ExitStatus.TRY_AGAIN;
        }
        return SqlStates.denied(state) || SqlStates.refusedByRule(state) || raisedByFunction
                ? ExitStatus.ACCESS_DENIED
                : ExitStatus.INTERNAL;
    }

    private static String hint(ExitStatus status, String state, boolean byFunction) {
        return switch (status) {
            case UNAVAILABLE -> unavailable(state);
            case TRY_AGAIN -> "Run the job again.";
            case ACCESS_DENIED ->
                SqlStates.denied(state) && !byFunction
                        ? "Grant the privilege that the message names, and run the job again."
                        : "A trigger or a rule of the database forbids it: let its owner allow this user, or use another"
                                + " one. SELECT evtname, evtfoid::regprocedure FROM pg_event_trigger; lists the triggers"
                                + " that see every change of a schema.";
            default -> "Please report this with the output of --verbose.";
        };
    }

    /** What to do about a server that takes no work. */
    public static String unavailable(String state) {
        if (SqlStates.noRoom(state)) {
            return "Make room on the server (SQLSTATE %s: disk, memory, connections or a limit), and run the job again."
                    .formatted(state);
        }
        return state.equals(SqlStates.READ_ONLY)
                ? "The server became read-only: a failover, or its disk is full. Find the primary, and run the job again."
                : "Run the job again: it finds out what was committed.";
    }
}
