package io.schemajob.migration.history;

import io.schemajob.bundle.script.Migration;
import io.schemajob.database.query.Identifiers;
import io.schemajob.database.query.SimpleQuery;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.internal.util.AbbreviationUtils;

/**
 * The newest row of the history as it has to be once a migration is recorded. A trigger, a rule or a policy on the table
 * may drop or change the row without an error, and then the next run would run the script again.
 *
 * @param table qualified and quoted
 * @param migration that the row is of
 */
public record RecordedRow(String table, Migration migration) {
    private static final String MISSING = "schemajob: no such row";

    /** Why a transaction with a wrong row was not committed. */
    private static final String EXPLANATION =
            "the row was stored otherwise or not at all; a trigger, a rule or a policy of the table does that";

    /** SQLSTATE of a failed action of a trigger, of which this is the silent kind. */
    private static final String TRIGGERED_ACTION = "09000";

    private static final String INVALID_TEXT = "22P02";

    /** Commits if the row is right, in one message; otherwise the transaction is left as failed. */
    public void commit(Connection session) throws SQLException {
        String ended = ask(session, "; COMMIT");
        if (!ended.equals("COMMIT")) {
            throw new SQLException("The server answered the COMMIT with " + ended + ".", "40000");
        }
    }

    /** @throws SQLException if the row is not there as it should be */
    public void require(Connection session) throws SQLException {
        ask(session, "");
    }

    /** @throws SQLException if a statement on the history has not changed its one row */
    public static void requireOne(int rows) throws SQLException {
        if (rows != 1) {
            throw new SQLException(EXPLANATION, TRIGGERED_ACTION);
        }
    }

    private String ask(Connection session, String then) throws SQLException {
        // Only a cast that fails at run time lets a SELECT end with an error; a sub-select is not computed beforehand.
        String script = Identifiers.literal(
                AbbreviationUtils.abbreviateScript(migration.up().name()));
        // Put together without a formatter, which costs more than the rest: this is sent after every script.
        String sql = "SELECT (CASE WHEN (SELECT success AND script = " + script + " AND checksum = "
                + migration.up().checksum() + " FROM " + table
                + "\nORDER BY installed_rank DESC LIMIT 1) THEN '1' ELSE '" + MISSING + "' END)::pg_catalog.int4"
                + then;
        try {
            return SimpleQuery.run(session, sql);
        } catch (SQLException e) {
            if (INVALID_TEXT.equals(e.getSQLState()) && e.getMessage().contains(MISSING)) {
                // Not as its cause: of the two, this is the one that says what happened.
                throw new SQLException(EXPLANATION, TRIGGERED_ACTION);
            }
            throw e;
        }
    }
}
