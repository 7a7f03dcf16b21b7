package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code CREATE TABLE}, with everything inside of it but foreign keys, and columns. */
final class TableSql {
    private TableSql() {}

    /** The statements that make the table, without indexes, triggers, foreign keys, row security and comments. */
    static List<String> create(Table table) {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE " + (table.unlogged() ? "UNLOGGED " : "") + "TABLE " + SqlText.name(table.name())
                + shape(table)
                + (table.partitionBy() == null ? "" : " PARTITION BY " + table.partitionBy()));
        String alter = SqlText.alter(table.name());
        table.checks().stream()
                .filter(check -> !check.validated())
                .forEach(
                        check -> statements.add(alter + "ADD " + ConstraintSql.check(check) + ConstraintSql.NOT_VALID));
        return statements;
    }

    /** A partition has the columns of its parent; so has a child, which may have more. */
    private static String shape(Table table) {
        List<String> parts = new ArrayList<>();
        if (table.partition() == null) {
            table.columns().forEach(column -> parts.add(column(column)));
        }
        if (table.primaryKey() != null) {
            parts.add(ConstraintSql.key(table.primaryKey(), true));
        }
        table.unique().forEach(key -> parts.add(ConstraintSql.key(key, false)));
        table.checks().stream()
                .filter(check -> check.validated())
                .forEach(check -> parts.add(ConstraintSql.check(check)));
        table.exclusions().forEach(exclusion -> parts.add(ConstraintSql.exclusion(exclusion)));
        String list = parts.stream().map(part -> "\n    " + part).collect(Collectors.joining(","));
        if (table.partition() != null) {
            return " PARTITION OF " + SqlText.qualified(table.partition().parent())
                    + (parts.isEmpty() ? "" : " (" + list + "\n)")
                    + " " + table.partition().bound();
        }
        String inherits = table.inherits().isEmpty()
                ? ""
                : " INHERITS "
                        + table.inherits().stream().map(SqlText::qualified).collect(Collectors.joining(", ", "(", ")"));
        return (parts.isEmpty() ? " ()" : " (" + list + "\n)") + inherits;
    }

    /** Name, type and everything else that a column may be created with. */
    static String column(Column column) {
        return SqlText.name(column.name()) + " " + type(column)
                + (column.nullable() ? "" : " NOT NULL")
                + (column.defaultValue() == null ? "" : " DEFAULT " + expression(column.defaultValue()))
                + (column.identity() == null ? "" : " GENERATED " + identity(column.identity()) + " AS IDENTITY")
                + (column.generated() == null
                        ? ""
                        : " GENERATED ALWAYS AS (" + column.generated().expression() + ") "
                                + (column.generated().stored() ? "STORED" : "VIRTUAL"));
    }

    static String type(Column column) {
        return column.type() + (column.collation() == null ? "" : " COLLATE " + SqlText.name(column.collation()));
    }

    static String identity(Column.Identity identity) {
        return identity == Column.Identity.ALWAYS ? "ALWAYS" : "BY DEFAULT";
    }

    /** Behind DEFAULT stands a simple expression; one with an operator gets brackets. */
    static String expression(String expression) {
        return expression.matches("[\\w.]+(\\(.*\\))?|'(?:[^']|'')*'(::[\\w \\[\\]().,\"]+)?|-?[0-9.]+")
                ? expression
                : "(" + expression + ")";
    }
}
