package io.schemajob.lint.sql;

import io.schemajob.bundle.sql.SqlName;
import io.schemajob.bundle.sql.Statement;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Whose rows a statement works through when it changes rows, whether it changes or only reads them.
 *
 * @param verb its first word
 * @param tables found behind FROM, JOIN, USING and UPDATE, at any depth; names that are no tables may be among them
 * @param rowSecurity what it sets {@code row_security} to; null if it does not
 */
public record RowSources(String verb, Set<SqlName> tables, Boolean rowSecurity) {
    private static final Set<String> CHANGING = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "CREATE");
    private static final Set<String> BEFORE_TABLES = Set.of("FROM", "JOIN", "USING", "UPDATE", "MERGE");
    private static final Set<String> OFF = Set.of("OFF", "FALSE", "NO", "'OFF'", "'FALSE'", "'NO'", "0", "'0'");

    /** Reads one statement. */
    public static RowSources of(Statement statement) {
        Sql sql = new Sql(statement.sql(), statement.line());
        String verb = sql.keyword();
        if (verb.equals("SET") || verb.equals("RESET")) {
            return new RowSources(verb, Set.of(), setting(sql));
        }
        Set<SqlName> tables = new LinkedHashSet<>();
        if (CHANGING.contains(verb)) {
            while (!sql.atEnd()) {
                String keyword = sql.keyword();
                sql.skip();
                if (BEFORE_TABLES.contains(keyword)) {
                    sql.accept("INTO");
                    tables.addAll(sql.names());
                }
            }
        }
        return new RowSources(verb, tables, null);
    }

    private static Boolean setting(Sql sql) {
        boolean reset = sql.accept("RESET");
        sql.accept("SET");
        sql.accept("LOCAL");
        sql.accept("SESSION");
        if (!sql.accept("ROW_SECURITY")) {
            return null;
        }
        sql.accept("TO");
        sql.accept('=');
        return reset || !OFF.contains(sql.lexeme().toUpperCase(Locale.ROOT));
    }
}
