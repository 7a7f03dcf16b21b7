package io.schemajob.catalog.equivalence;

import io.schemajob.catalog.sql.SqlScope;
import io.schemajob.catalog.sql.SqlText;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Forms as PostgreSQL stores and prints them: each text becomes part of a temporary view, table or function, which nobody
 * runs, and is read back by the functions that {@code pg_dump} uses. It needs a server that can be written to, the
 * privilege TEMPORARY, and a transaction that is rolled back.
 */
public final class DeparsedForms implements Forms {
    private static final Set<SqlScope.Kind> SQL_AGAIN = Set.of(
            SqlScope.Kind.TABLE,
            SqlScope.Kind.TABLE_LIST,
            SqlScope.Kind.TRIGGER,
            SqlScope.Kind.DOMAIN,
            SqlScope.Kind.DEFAULT,
            SqlScope.Kind.QUERY);

    private final SqlServerTexts server;
    private final String scratch;

    public DeparsedForms(Connection connection, String schema) {
        this.server = new SqlServerTexts(connection, schema);
        this.scratch = "schemajob_" + Long.toHexString(new SecureRandom().nextLong());
    }

    @Override
    public boolean covers(Question question) {
        return question.scope().kind() != SqlScope.Kind.WORDS;
    }

    @Override
    public boolean isSqlAgain(SqlScope scope) {
        return SQL_AGAIN.contains(scope.kind());
    }

    @Override
    public List<String> of(SqlScope scope, List<String> texts) throws SQLException {
        return switch (scope.kind()) {
            case TABLE, TRIGGER, DOMAIN, TABLE_LIST -> server.undone(() -> expressions(scope, texts));
            case DEFAULT -> server.undone(() -> defaults(scope.parts().get(0), texts));
            default -> each(scope, texts);
        };
    }

    private List<String> expressions(SqlScope scope, List<String> texts) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            columns.add(SqlServerTexts.expression(scope, texts.get(i)) + " AS " + column(i));
        }
        server.execute("CREATE TEMPORARY VIEW " + scratch + " AS SELECT " + String.join(", ", columns)
                + server.from(scope, "%s"));
        return split(view(), texts.size());
    }

    private String column(int number) {
        return scratch + "_" + number;
    }

    /** The columns' names are ours alone, so what stands between them is what was asked for. */
    private List<String> split(String view, int count) throws SQLException {
        List<String> forms = new ArrayList<>();
        int from = view.indexOf("SELECT ") + "SELECT ".length();
        for (int i = 0; i < count; i++) {
            String end = " AS " + column(i) + (i + 1 < count ? "," : "\n");
            int to = view.indexOf(end, from);
            if (to < 0) {
                throw new SQLException("the text is not one expression");
            }
            forms.add(view.substring(from, to).strip());
            from = to + end.length();
        }
        return forms;
    }

    private String view() throws SQLException {
        return server.value("SELECT pg_catalog.pg_get_viewdef(%s)".formatted(relation())) + "\n";
    }

    private String relation() {
        return "'pg_temp." + scratch + "'::pg_catalog.regclass";
    }

    /** In a table of its own, since the column's type decides what a literal is. A default of NULL is none. */
    private List<String> defaults(String type, List<String> texts) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            columns.add(column(i) + " " + type + " DEFAULT "
                    + SqlServerTexts.expression(SqlScope.defaultOf(type), texts.get(i)));
        }
        table("(" + String.join(", ", columns) + ")");
        List<String> forms = new ArrayList<>();
        server.rows(
                """
                SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid)
                  FROM pg_catalog.pg_attribute a
                  LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                 WHERE a.attrelid = %s AND a.attnum > 0 ORDER BY a.attnum
                """
                        .formatted(relation()),
                (ResultSet row) -> forms.add(row.getString(1) == null ? "NULL" : row.getString(1)));
        if (forms.size() != texts.size()) {
            throw new SQLException("the text is not one expression");
        }
        return forms;
    }

    private void table(String definition) throws SQLException {
        server.execute("CREATE TEMPORARY TABLE " + scratch + " " + definition);
    }

    private List<String> each(SqlScope scope, List<String> texts) throws SQLException {
        List<String> forms = new ArrayList<>();
        for (String text : texts) {
            forms.add(server.undone(() -> one(scope, text)));
        }
        return forms;
    }

    private String one(SqlScope scope, String text) throws SQLException {
        String columns = "(" + String.join(", ", scope.parts()) + ")";
        switch (scope.kind()) {
            case QUERY -> {
                server.execute("CREATE TEMPORARY VIEW " + scratch + " AS\n" + SqlServerTexts.withoutSemicolon(text));
                return view();
            }
            case PARTITION_KEY -> {
                table(columns + " PARTITION BY " + text);
                return server.value("SELECT pg_catalog.pg_get_partkeydef(%s)".formatted(relation()));
            }
            case EXCLUSION -> {
                table(columns);
                server.execute("ALTER TABLE pg_temp." + scratch + " ADD " + text);
                return server.value(
                        "SELECT pg_catalog.pg_get_constraintdef(c.oid) FROM pg_catalog.pg_constraint c WHERE c.conrelid = "
                                + relation() + " AND c.contype = 'x'");
            }
            case BODY -> function(scope.parts().get(0), scope.parts().get(1), "LANGUAGE sql\n" + text);
            case ARGUMENTS -> function(text, scope.parts().get(0), "LANGUAGE plpgsql AS ''");
            case RESULT -> function(scope.parts().get(0), text, "LANGUAGE plpgsql AS ''");
            default -> throw new IllegalArgumentException(scope.kind().name());
        }
        return server.value("SELECT pg_catalog."
                + switch (scope.kind()) {
                    case BODY -> "pg_get_function_sqlbody";
                    case ARGUMENTS -> "pg_get_function_arguments";
                    default -> "pg_get_function_result";
                }
                + "(p.oid) FROM pg_catalog.pg_proc p WHERE p.proname = " + SqlText.literal(scratch));
    }

    private void function(String arguments, String result, String body) throws SQLException {
        boolean procedure = result.equals(SqlScope.PROCEDURE);
        server.execute("CREATE " + (procedure ? "PROCEDURE" : "FUNCTION") + " pg_temp." + scratch + "(" + arguments
                + "\n)" + (procedure ? " " : " RETURNS " + result + "\n") + body);
    }
}
