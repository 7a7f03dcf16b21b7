package io.schemajob.catalog.ddl;

import io.schemajob.catalog.kind.InheritanceKind;
import io.schemajob.catalog.kind.NotNullKind;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** How the columns of a new table are written, where some of them come from its parents. */
final class ParentColumns {
    private final Table table;
    private final Schema schema;
    private final Schema other;
    private final List<Table> parents;
    private final List<Table> parentsBefore;
    private final Set<String> local;

    /** @param other the schema before or after this one, in which the parents may have other defaults */
    ParentColumns(Table table, Schema schema, Schema other) {
        this.table = table;
        this.schema = schema;
        this.other = other;
        this.parents = parents(table, schema);
        this.parentsBefore = parents(table, other);
        var object = schema.objects().of(InheritanceKind.NOUN).get(List.of("tables", table.name()));
        this.local = object == null ? Set.of() : new HashSet<>(object.list(InheritanceKind.LOCAL));
    }

    private static List<Table> parents(Table table, Schema schema) {
        return table.parents().stream()
                .map(schema::table)
                .filter(Objects::nonNull)
                .toList();
    }

    /** What stands between the brackets of {@code CREATE TABLE}. */
    List<String> parts() {
        List<String> parts = new ArrayList<>();
        for (Column column : table.columns()) {
            if (table.partition() != null) {
                String options = options(column);
                if (!options.isEmpty()) {
                    parts.add(SqlText.name(column.name()) + options);
                }
            } else if (!isInherited(column)) {
                parts.add(TableSql.column(hasNotNullOfParent(column) ? column.optional() : column, name(column)));
            } else if (requiredAs(column) != null) {
                parts.add(TableSql.required(requiredAs(column)) + " " + SqlText.name(column.name()));
            }
        }
        return parts;
    }

    /** Where another table has the name that PostgreSQL would give, it would add a number to it. */
    private String name(Column column) {
        String name = requiredAs(column);
        return name == null && !column.nullable() ? NotNullKind.takenName(table.name(), column.name(), schema) : name;
    }

    private String requiredAs(Column column) {
        return column.nullable() ? null : NotNullKind.nameOf(table.name(), column.name(), schema);
    }

    /** Whether the NOT NULL of the column stands between the brackets, with its name. */
    boolean writes(String name) {
        return table.column(name)
                .filter(column -> requiredAs(column) != null
                        || !column.nullable()
                                && AttachedTable.of(table, schema, other).isPresent()
                        || table.partition() == null && !isInherited(column) && !hasNotNullOfParent(column))
                .isPresent();
    }

    /** What a child has otherwise than its parents; named in {@code CREATE TABLE} it would be a column of its own. */
    List<String> alterations() {
        List<String> statements = new ArrayList<>();
        for (Column column : table.columns()) {
            if (table.partition() == null && isMerged(column)) {
                statements.add(SqlText.alter(table.name(), column.name()) + "DROP DEFAULT");
            } else if (table.partition() == null && isInherited(column)) {
                if (needsNotNull(column)) {
                    statements.add(required(column));
                }
                if (hasOtherExpression(column)) {
                    statements.add(expression(column));
                }
                if (hasOtherDefault(column)) {
                    statements.add(value(column));
                }
            }
        }
        return statements;
    }

    String required(Column column) {
        return SqlText.alter(table.name(), column.name()) + "SET NOT NULL";
    }

    String expression(Column column) {
        return SqlText.alter(table.name(), column.name()) + "SET EXPRESSION AS ("
                + column.generated().expression() + ")";
    }

    String value(Column column) {
        return SqlText.alter(table.name(), column.name())
                + (column.defaultValue() == null
                        ? "DROP DEFAULT"
                        : "SET DEFAULT " + TableSql.expression(column.defaultValue()));
    }

    /** Whether a column of its own without a default gets that of the parent's column, with which it is merged. */
    private boolean isMerged(Column column) {
        return local.contains(column.name()) && column.defaultValue() == null && hasOtherDefault(column);
    }

    boolean isInherited(Column column) {
        return !local.contains(column.name())
                && parents.stream()
                        .anyMatch(parent -> parent.column(column.name()).isPresent());
    }

    /** Said again in {@code CREATE TABLE}, PostgreSQL 18 would take the NOT NULL for one of the child's own too. */
    private boolean hasNotNullOfParent(Column column) {
        return !column.nullable()
                && !needsNotNull(column)
                && requiredAs(column) == null
                && !NotNullKind.isLocal(table.name(), column.name(), schema);
    }

    /** Whether a primary key between the brackets would make a NOT NULL of its own beside the parent's, as in PostgreSQL 18. */
    boolean required(Key primaryKey) {
        return table.partition() != null
                && table.columns().stream()
                        .filter(column -> primaryKey.columns().contains(column.name()))
                        .anyMatch(this::hasNotNullOfParent);
    }

    private String options(Column column) {
        if (parents.isEmpty()) {
            return "";
        }
        String value = column.defaultValue() == null ? "NULL" : TableSql.expression(column.defaultValue());
        boolean required = requiredAs(column) != null || needsNotNull(column);
        return (required ? " " + TableSql.required(requiredAs(column)) : "")
                + (hasOtherDefault(column) ? " DEFAULT " + value : "")
                + (hasOtherExpression(column) ? TableSql.generated(column) : "");
    }

    boolean needsNotNull(Column column) {
        return !column.nullable()
                && parents.stream()
                        .flatMap(parent -> parent.column(column.name()).stream())
                        .allMatch(Column::nullable);
    }

    boolean hasOtherDefault(Column column) {
        return column.generated() == null
                && column.identity() == null
                && (!hasDefaultOf(parents, column)
                        || parentsBefore.stream().anyMatch(parent -> parent.column(column.name())
                                        .isPresent())
                                && !hasDefaultOf(parentsBefore, column));
    }

    /** From PostgreSQL 16 on a partition may compute a column otherwise than its parent, a child from 17 on. */
    boolean hasOtherExpression(Column column) {
        return column.generated() != null
                && (isComputedOtherwise(parents, column) || isComputedOtherwise(parentsBefore, column));
    }

    private static boolean isComputedOtherwise(List<Table> parents, Column column) {
        return parents.stream()
                .flatMap(parent -> parent.column(column.name()).stream())
                .anyMatch(
                        other -> other.generated() != null && !other.generated().equals(column.generated()));
    }

    private static boolean hasDefaultOf(List<Table> parents, Column column) {
        return parents.stream()
                .flatMap(parent -> parent.column(column.name()).stream())
                .anyMatch(other -> Objects.equals(other.defaultValue(), column.defaultValue()));
    }
}
