package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code CREATE TABLE}, with everything inside of it but foreign keys, and columns. */
final class TableSql {
    private static final Pattern SIMPLE =
            Pattern.compile("[\\w.]+(\\(.*\\))?|'(?:[^']++|'')*+'(::[\\w \\[\\]().,\"]+)?|-?[0-9.]+");

    private TableSql() {}

    /**
     * The statements that make the table, without indexes, triggers, foreign keys, row security and comments.
     *
     * @param schema that it is part of
     * @param other the schema on the other side
     */
    static List<String> create(Table table, Schema schema, Schema other) {
        List<String> statements = new ArrayList<>();
        ParentColumns parents = new ParentColumns(table, schema, other);
        Optional<AttachedTable> attached = AttachedTable.of(table, schema, other);
        boolean keyApart = attached.isEmpty() && table.primaryKey() != null && parents.required(table.primaryKey());
        statements.add("CREATE " + (table.unlogged() ? "UNLOGGED " : "") + "TABLE " + SqlText.name(table.name())
                + shape(
                        table,
                        attached.map(AttachedTable::parts).orElseGet(parents::parts),
                        keyApart ? null : table.primaryKey(),
                        attached.isEmpty(),
                        schema)
                + (table.partitionBy() == null ? "" : " PARTITION BY " + table.partitionBy()));
        String alter = SqlText.alter(table.name());
        if (attached.isEmpty()) {
            statements.addAll(parents.alterations());
        }
        if (keyApart) {
            statements.add(alter + "ADD " + ConstraintSql.key(table.primaryKey(), true));
        }
        table.unique().stream()
                .filter(key -> isMerged(table, key))
                .forEach(key -> statements.add(alter + "ADD " + ConstraintSql.key(key, false)));
        table.checks().stream()
                .filter(check -> !check.validated())
                .forEach(check -> statements.add(
                        alter + "ADD " + ConstraintSql.check(check) + ConstraintSql.state(check.enforcement())));
        attached.ifPresent(partition -> statements.addAll(partition.alterations()));
        return statements;
    }

    /**
     * Of two keys over the same columns in one {@code CREATE TABLE} PostgreSQL makes one
     * ({@code transformIndexConstraints} in its source), so the second comes apart.
     */
    private static boolean isMerged(Table table, Key key) {
        boolean primary =
                table.primaryKey() != null && table.primaryKey().columns().equals(key.columns());
        return primary
                || table.unique().stream().takeWhile(other -> other != key).anyMatch(other -> other.columns()
                        .equals(key.columns()));
    }

    /** A partition has the columns of its parent, perhaps with another default; a child brings those of its own alone. */
    private static String shape(Table table, List<String> columns, Key primaryKey, boolean ofParents, Schema schema) {
        List<String> parts = new ArrayList<>(columns);
        if (primaryKey != null) {
            parts.add(ConstraintSql.key(primaryKey, true));
        }
        table.unique().stream()
                .filter(key -> !isMerged(table, key))
                .forEach(key -> parts.add(ConstraintSql.key(key, false)));
        table.checks().stream()
                .filter(check -> check.validated())
                .forEach(check -> parts.add(ConstraintSql.check(check)));
        table.exclusions().forEach(exclusion -> parts.add(ConstraintSql.exclusion(exclusion)));
        String list = parts.stream().map(part -> "\n    " + part).collect(Collectors.joining(","));
        if (table.partition() != null && ofParents) {
            return " PARTITION OF " + SqlText.qualified(table.partition().parent(), schema::holds)
                    + (parts.isEmpty() ? "" : " (" + list + "\n)")
                    + " " + table.partition().bound();
        }
        String inherits = table.inherits().isEmpty()
                ? ""
                : " INHERITS "
                        + table.inherits().stream()
                                .map(parent -> SqlText.qualified(parent, schema::holds))
                                .collect(Collectors.joining(", ", "(", ")"));
        return (parts.isEmpty() ? " ()" : " (" + list + "\n)") + inherits;
    }

    /** Name, type and everything else that a column may be created with. */
    static String column(Column column) {
        return column(column, null);
    }

    /** @param required the name of its NOT NULL, or null */
    static String column(Column column, String required) {
        return SqlText.name(column.name()) + " " + type(column)
                + (column.nullable() ? "" : " " + required(required))
                + (column.defaultValue() == null ? "" : " DEFAULT " + expression(column.defaultValue()))
                + (column.identity() == null ? "" : " GENERATED " + identity(column.identity()) + " AS IDENTITY")
                + (column.generated() == null ? "" : generated(column));
    }

    static String generated(Column column) {
        return " GENERATED ALWAYS AS (" + column.generated().expression() + ") "
                + (column.generated().stored() ? "STORED" : "VIRTUAL");
    }

    /** @param name of the constraint, or null */
    static String required(String name) {
        return (name == null ? "" : "CONSTRAINT " + SqlText.name(name) + " ") + "NOT NULL";
    }

    static String type(Column column) {
        return column.type() + (column.collation() == null ? "" : " COLLATE " + SqlText.reference(column.collation()));
    }

    static String identity(Column.Identity identity) {
        return identity == Column.Identity.ALWAYS ? "ALWAYS" : "BY DEFAULT";
    }

    /** Behind DEFAULT stands a simple expression; one with an operator gets brackets. */
    static String expression(String expression) {
        return SIMPLE.matcher(expression).matches() ? expression : "(" + expression + ")";
    }

    static String detach(Table partition, Schema schema) {
        return "ALTER TABLE " + SqlText.qualified(partition.partition().parent(), schema::holds) + " DETACH PARTITION "
                + SqlText.name(partition.name());
    }

    /** Statements that let a table inherit from others. */
    static List<String> inheriting(Table live, Schema liveSchema, Table declared, Schema declaredSchema) {
        List<String> statements = new ArrayList<>();
        live.inherits().stream()
                .filter(parent -> !declared.inherits().contains(parent))
                .forEach(parent -> statements.add(
                        SqlText.alter(live.name()) + "NO INHERIT " + SqlText.qualified(parent, liveSchema::holds)));
        declared.inherits().stream()
                .filter(parent -> !live.inherits().contains(parent))
                .forEach(parent -> statements.add(
                        SqlText.alter(live.name()) + "INHERIT " + SqlText.qualified(parent, declaredSchema::holds)));
        return statements;
    }

    /** Statements that make a table a partition of another one, or of none. */
    static List<String> attaching(Table live, Schema liveSchema, Table declared, Schema declaredSchema) {
        List<String> statements = new ArrayList<>();
        if (live.partition() != null) {
            statements.add(detach(live, liveSchema));
        }
        if (declared.partition() != null) {
            statements.add(
                    "ALTER TABLE " + SqlText.qualified(declared.partition().parent(), declaredSchema::holds)
                            + " ATTACH PARTITION " + SqlText.name(live.name()) + " "
                            + declared.partition().bound());
        }
        return statements;
    }
}
