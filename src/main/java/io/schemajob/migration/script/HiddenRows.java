package io.schemajob.migration.script;

import io.schemajob.bundle.sql.SqlLexer;
import io.schemajob.database.query.RowSecurity;
import io.schemajob.database.query.SimpleQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells whether a statement that touched no row may have touched none because row security hid them. A script runs as
 * psql would run it, so it is filtered; but a back-fill that changed nothing must not look like one that was done.
 */
final class HiddenRows {
    private static final Pattern NO_ROW = Pattern.compile("(UPDATE|DELETE|MERGE|SELECT|INSERT 0) 0");
    private static final String REFUSE = "SELECT pg_catalog.set_config('row_security', 'off', true); EXPLAIN ";
    private static final String SAVE = "SAVEPOINT schemajob_hidden";
    private static final String RESTORE = "ROLLBACK TO SAVEPOINT schemajob_hidden; RELEASE SAVEPOINT schemajob_hidden";

    private static final Pattern WITH_DATA = Pattern.compile("\\sWITH\\s+DATA\\s*$", Pattern.CASE_INSENSITIVE);

    private HiddenRows() {}

    /**
     * Lets the server plan the statement once more where it would refuse one that is filtered; nothing is executed.
     *
     * @param tag what the server said of the statement
     * @return the server's sentence, which names the table; empty if nothing is hidden
     */
    static Optional<String> of(Connection session, String sql, String tag) throws SQLException {
        if (!NO_ROW.matcher(tag).matches() && !changesInWith(sql)) {
            return Optional.empty();
        }
        boolean inTransaction = !session.getAutoCommit();
        if (inTransaction) {
            // By itself: were the rest no SQL, the whole message would be refused unread.
            SimpleQuery.run(session, SAVE);
        }
        try {
            // Outside a transaction, one message is one: the setting ends with it.
            SimpleQuery.run(session, REFUSE + plannable(sql));
            return Optional.empty();
        } catch (SQLException e) {
            return RowSecurity.refused(e) ? Optional.of(StatementFailure.message(e)) : Optional.empty();
        } finally {
            if (inTransaction) {
                SimpleQuery.run(session, RESTORE);
            }
        }
    }

    /** The tag of such a statement counts the rows of its last part alone. */
    static boolean changesInWith(String sql) {
        SqlLexer tokens = new SqlLexer("", sql);
        tokens.next();
        if (!tokens.is("WITH")) {
            return false;
        }
        while (tokens.next() != SqlLexer.Token.END) {
            if (tokens.is("UPDATE") || tokens.is("DELETE") || tokens.is("INSERT") || tokens.is("MERGE")) {
                return true;
            }
        }
        return false;
    }

    /** The query of {@code CREATE TABLE … AS}, as what it fills is there by now; any other statement as it is. */
    private static String plannable(String sql) {
        SqlLexer tokens = new SqlLexer("", sql);
        tokens.next();
        if (!tokens.is("CREATE")) {
            return sql;
        }
        while (tokens.next() != SqlLexer.Token.END) {
            if (tokens.is("AS")) {
                return WITH_DATA.matcher(sql.substring(tokens.end())).replaceFirst("");
            }
        }
        return sql;
    }
}
