package io.schemajob.catalog.equivalence;

import io.schemajob.catalog.sql.SqlScope;
import io.schemajob.catalog.sql.SqlText;
import io.schemajob.catalog.sql.SqlTokens;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.postgresql.core.Parser;

/**
 * Sends statements that hold text of a bundle's author. Each is one statement, by the extended protocol, in which the server
 * refuses a second one; it is never one that runs the text.
 */
final class SqlServerTexts {
    private static final String SECOND_STATEMENT = "the text is more than one statement";
    private static final String OTHER_BRACKETS = "brackets are not closed, or closed that were not opened";

    private final Connection connection;
    private final String schema;

    SqlServerTexts(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /** What is done in between. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    /** What is made of a row. */
    @FunctionalInterface
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** As a resource, its own failure on a broken connection is added to the cause and does not hide it. */
    private interface Ending extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }

    /** Does something in the open transaction and takes it back, with the locks that it took. */
    <T> T undone(Work<T> work) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try (Ending ending = () -> {
            connection.rollback(savepoint);
            connection.releaseSavepoint(savepoint);
        }) {
            return work.run();
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = statement(sql)) {
            statement.execute(sql);
        }
    }

    String value(String sql) throws SQLException {
        String[] value = new String[1];
        rows(sql, row -> value[0] = row.getString(1));
        return value[0];
    }

    void rows(String sql, RowReader reader) throws SQLException {
        try (Statement statement = statement(sql);
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    /** The driver would send what stands behind a semicolon as a statement of its own. */
    private Statement statement(String sql) throws SQLException {
        if (Parser.parseJdbcSql(sql, true, false, true, false, false).size() != 1) {
            throw new SQLException(SECOND_STATEMENT);
        }
        Statement statement = connection.createStatement();
        statement.setEscapeProcessing(false);
        return statement;
    }

    /** In brackets that a comment at its end does not hide. No column may have the type of a row. */
    static String expression(SqlScope scope, String text) throws SQLException {
        if (!SqlTokens.isBalanced(text)) {
            throw new SQLException(OTHER_BRACKETS);
        }
        return scope.kind() == SqlScope.Kind.TABLE_LIST ? "(ROW(\n" + text + "\n) IS NULL)" : "(\n" + text + "\n)";
    }

    static String withoutSemicolon(String query) {
        String text = query.strip();
        return text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
    }

    /**
     * Where the columns come from that an expression may name.
     *
     * @param relation how a table is read, with {@code %s} for its name
     */
    String from(SqlScope scope, String relation) {
        return switch (scope.kind()) {
            case TABLE, TABLE_LIST -> {
                String name = scope.parts().get(0);
                boolean own = scope.kind() == SqlScope.Kind.TABLE || !isQualified(name);
                String alias = own ? name : name.substring(name.indexOf('.') + 1);
                yield " FROM " + relation(relation, name, own) + " "
                        + (alias.startsWith("\"") ? alias : SqlText.name(alias));
            }
            case TRIGGER -> {
                String table = relation(relation, scope.parts().get(0), true);
                yield " FROM " + table + " \"old\", " + table + " \"new\"";
            }
            case DOMAIN -> " FROM (SELECT NULL::" + scope.parts().get(0) + " AS \"value\" OFFSET 0) v";
            default -> "";
        };
    }

    /** Whether the name of a statistics' table says that it is in another schema. */
    private static boolean isQualified(String name) {
        return !name.startsWith("\"") && name.indexOf('.') >= 0;
    }

    /** @param own whether it is in the schema that is looked at */
    private String relation(String relation, String name, boolean own) {
        String table = name.startsWith("\"") ? name : SqlText.name(name);
        return relation.formatted("ONLY " + (own ? SqlText.name(schema) + "." + table : SqlText.qualified(name)));
    }
}
