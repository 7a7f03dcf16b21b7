package io.schemajob.catalog;

import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.database.query.RowSecurity;
import io.schemajob.database.query.SqlStates;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Untrusted;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Runs a bundle's {@code verify/*.sql}: each row that a query returns is a violation. The caller's transaction is
 * read-only, so a check cannot change anything.
 */
final class ChecksRunner {
    /** How many rows of one check are shown. */
    static final int MAX_ROWS = 20;

    /** How many columns of a row are shown. */
    private static final int MAX_COLUMNS = 4;

    private ChecksRunner() {}

    /** What the check found, or null. */
    static Violation run(Connection connection, TextFile check) throws SQLException {
        List<String> rows = new ArrayList<>();
        String name = check.path().substring(check.path().lastIndexOf('/') + 1);
        for (io.schemajob.bundle.sql.Statement sql :
                ScriptParser.parse(new Script(check, name, 0)).statements()) {
            try (Statement statement = connection.createStatement()) {
                statement.setMaxRows(MAX_ROWS + 1);
                if (statement.execute(sql.sql())) {
                    collect(statement.getResultSet(), rows);
                }
            } catch (PSQLException e) {
                throw explained(check, sql, e);
            }
        }
        if (rows.isEmpty()) {
            return null;
        }
        boolean more = rows.size() > MAX_ROWS;
        return new Violation(check.path(), more ? rows.subList(0, MAX_ROWS) : rows, more);
    }

    private static void collect(ResultSet result, List<String> rows) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        int shown = Math.min(columns.getColumnCount(), MAX_COLUMNS);
        while (result.next() && rows.size() <= MAX_ROWS) {
            List<String> cells = new ArrayList<>();
            for (int i = 1; i <= shown; i++) {
                cells.add(columns.getColumnLabel(i) + "=" + result.getString(i));
            }
            rows.add(String.join(", ", cells));
        }
    }

    private static SchemajobException explained(TextFile check, io.schemajob.bundle.sql.Statement sql, PSQLException e)
            throws PSQLException {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        ServerErrorMessage server = e.getServerErrorMessage();
        if (RowSecurity.refused(e)) {
            throw hidden(check, sql, server, e);
        }
        if (server == null || !SqlStates.blamesText(state)) {
            throw e;
        }
        String where = check.path() + ":" + (sql.line() + linesBefore(sql.sql(), server.getPosition()));
        return Failure.of(ExitStatus.CONFIG, where + ": the check failed: " + Untrusted.text(server.getMessage()) + ".")
                .where(where)
                .sqlState(state)
                .databaseState("Nothing was changed: checks run read-only and are rolled back.")
                .hint("Correct the check in the bundle and run `schemajob verify` again.")
                .asException(e);
    }

    private static SchemajobException hidden(
            TextFile check, io.schemajob.bundle.sql.Statement sql, ServerErrorMessage server, PSQLException e) {
        String where = check.path() + ":" + sql.line();
        return Failure.of(
                        ExitStatus.ACCESS_DENIED,
                        "%s: the check would not see every row: %s.".formatted(where, server.getMessage()))
                .where(where)
                .sqlState(e.getSQLState())
                .databaseState("Nothing was changed: checks run read-only and are rolled back.")
                .hint(RowSecurity.HINT)
                .asException(e);
    }

    /** The server counts characters from 1; 0 if it names no place. */
    private static long linesBefore(String sql, int position) {
        int end = Math.max(0, Math.min(position - 1, sql.length()));
        return sql.substring(0, end).chars().filter(c -> c == '\n').count();
    }
}
