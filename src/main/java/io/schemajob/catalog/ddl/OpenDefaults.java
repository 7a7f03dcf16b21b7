package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.sql.SqlText;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Defaults of tables from which others inherit that nobody declared, such as partitions that come and go: these follow their
 * parent where they have its default. One of their own, and those of declared tables, which say what changes, stay.
 *
 * @param children undeclared ones by their parents
 */
record OpenDefaults(Map<String, Set<String>> children) {
    static final OpenDefaults NONE = new OpenDefaults(Map.of());

    private static final String BLOCK =
            """
            DO $default$
            DECLARE
                child regclass;
            BEGIN
                FOR child IN WITH RECURSIVE children AS (
                        SELECT inhrelid FROM pg_inherits WHERE inhparent = %1$s::regclass
                        UNION SELECT h.inhrelid FROM pg_inherits h JOIN children c ON c.inhrelid = h.inhparent)
                    SELECT c.oid FROM children JOIN pg_class c ON c.oid = inhrelid
                     WHERE c.relkind IN ('r', 'p', 'f')%2$s
                       AND (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d
                              JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
                             WHERE d.adrelid = c.oid AND a.attname = %3$s) IS NOT DISTINCT FROM
                           (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d
                              JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
                             WHERE d.adrelid = %1$s::regclass AND a.attname = %3$s) LOOP
                    EXECUTE format(%4$s, child);
                END LOOP;
                ALTER TABLE ONLY %5$s %6$s;
            END
            $default$""";

    boolean isOpen(String table) {
        return children.containsKey(table);
    }

    /** The declared tables that inherit from a table, or from those that do. */
    Set<String> declaredBelow(String table, Schema side, Schema other) {
        Set<String> declared = new TreeSet<>();
        Stream.of(side, other).forEach(schema -> schema.tables().values().stream()
                .filter(child -> !isUndeclared(child) && isBelow(child, table, schema))
                .forEach(child -> declared.add(child.name())));
        return declared;
    }

    /** @param action {@code ALTER COLUMN a SET DEFAULT 1} */
    static String statement(String table, String column, String action, Set<String> declared) {
        String others = declared.isEmpty()
                ? ""
                : declared.stream()
                        .map(SqlText::literal)
                        .collect(Collectors.joining(", ", " AND c.relname NOT IN (", ")"));
        return BLOCK.formatted(
                SqlText.literal(SqlText.name(table)),
                others,
                SqlText.literal(column),
                SqlText.literal("ALTER TABLE ONLY %s " + action.replace("%", "%%")),
                SqlText.name(table),
                action);
    }

    private boolean isUndeclared(Table child) {
        return child.parents().stream()
                .anyMatch(parent -> children.getOrDefault(parent, Set.of()).contains(child.name()));
    }

    private static boolean isBelow(Table child, String table, Schema schema) {
        return !child.parents().isEmpty()
                && schema.ancestors(child).stream()
                        .anyMatch(parent -> parent.name().equals(table));
    }
}
