package io.schemajob.catalog.ddl;

import io.schemajob.catalog.ddl.Operation.Effect;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.IndexKey;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.sql.SqlNames;
import io.schemajob.catalog.sql.SqlText;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Other expressions of generated columns that stay, from PostgreSQL 17 on. The statement changes all partitions and children
 * too, as one would that drops the column and adds it again; those that compute it otherwise say so afterwards.
 */
final class ExpressionOperations {
    /** The PostgreSQL version that introduced {@code SET EXPRESSION}. */
    static final int SINCE = 17;

    private final Scene scene;
    private final Schema from;
    private final Schema to;

    ExpressionOperations(Scene scene) {
        this.scene = scene;
        this.from = scene.goal().from();
        this.to = scene.goal().to();
    }

    /** Whether a statement leads from the column of this name to that of the other schema, as far as the expression is concerned. */
    static boolean isAltered(String table, String column, Schema schema, Schema other) {
        Column.Generated one = generated(schema, table, column);
        Column.Generated two = generated(other, table, column);
        int major = Math.max(
                schema.objects().server().major(), other.objects().server().major());
        return major >= SINCE
                && one != null
                && two != null
                && one.stored() == two.stored()
                && (one.stored() || !hasChecks(schema, table) && !hasChecks(other, table));
    }

    private static Column.Generated generated(Schema schema, String table, String column) {
        Table found = schema.table(table);
        return found == null
                ? null
                : found.column(column).map(Column::generated).orElse(null);
    }

    /** PostgreSQL 18 does not change virtual columns of a table with checks, which it would have to prove. */
    private static boolean hasChecks(Schema schema, String name) {
        Table table = schema.table(name);
        return !table.checks().isEmpty()
                || schema.ancestors(table).stream()
                        .anyMatch(parent -> !parent.checks().isEmpty());
    }

    /** What of a column is compared where its expression is altered. */
    static Column.Generated without(Column.Generated generated) {
        return new Column.Generated("", generated.stored());
    }

    void collect(List<Operation> operations, List<Note> notes) {
        for (Table table : to.tables().values()) {
            for (Column column : table.columns()) {
                if (column.generated() != null && isLost(table, column)) {
                    notes.add(new Note(
                            ObjectIdentity.column(table.name(), column.name()),
                            "Its parent's column is made anew, and with it this one, by the parent's expression: before PostgreSQL 17 no"
                                    + " statement gives it its own again. Detach the partition first, make its column as declared,"
                                    + " and attach it afterwards.",
                            List.of(),
                            true));
                } else if (column.generated() != null
                        && isAltered(table.name(), column.name(), to, from)
                        && !isMadeAnew(table.name(), column.name())) {
                    alter(table, column, operations, notes);
                }
            }
        }
    }

    /** Whether a partition computes it otherwise, and loses that with the column of its parent. */
    private boolean isLost(Table table, Column column) {
        String name = column.name();
        Column.Generated declared = generated(scene.goal().declared(), table.name(), name);
        Column.Generated own = declared == null ? column.generated() : declared;
        return from.objects().server().major() < SINCE
                && from.tables().containsKey(table.name())
                && table.parents().stream()
                        .anyMatch(parent -> isMadeAnew(parent, name)
                                && generated(to, parent, name) != null
                                && !own.equals(generated(to, parent, name)));
    }

    private boolean isMadeAnew(String table, String column) {
        return scene.replaced().contains(ObjectIdentity.column(table, column));
    }

    private void alter(Table table, Column column, List<Operation> operations, List<Note> notes) {
        String name = column.name();
        Table before = from.tables().get(table.name());
        boolean reset = table.parents().stream().anyMatch(parent -> isReset(parent, name));
        boolean up = isNeeded(table, name, reset, to);
        boolean down = isNeeded(before, name, reset, from);
        if (!up && !down) {
            return;
        }
        Set<Name> itself = Set.of(Name.column(table.name(), name));
        Set<Name> uses = needed(table, column);
        Set<Name> releases = needed(before, before.column(name).orElseThrow());
        List<String> there = up ? statement(table, column) : List.of();
        List<String> back = down ? statement(before, before.column(name).orElseThrow()) : List.of();
        ObjectIdentity object = ObjectIdentity.column(table.name(), name).part("expression");
        boolean indexed =
                !table.parents().isEmpty() && Stream.of(from, to).anyMatch(side -> isIndexedAbove(side, table, name));
        if (indexed) {
            notes.add(new Note(
                    object.whole(),
                    "PostgreSQL changes the expression of a partition only while no index or key of its parent holds the column.",
                    up ? there : back,
                    true));
        } else if (reset) {
            // On each way after the statement that resets it.
            add(operations, object, table, List.of(), back, new Effect(Set.of(), Set.of(), Set.of(), releases));
            add(operations, object, table, there, List.of(), new Effect(Set.of(), Set.of(), uses, Set.of()));
        } else {
            add(operations, object, table, there, back, new Effect(itself, itself, uses, releases));
        }
    }

    private static void add(
            List<Operation> operations,
            ObjectIdentity object,
            Table table,
            List<String> up,
            List<String> down,
            Effect effect) {
        if (!up.isEmpty() || !down.isEmpty()) {
            operations.add(Operation.of(Rank.SET_DEFAULT, object, table.name(), up, down, effect));
        }
    }

    /** Whether statements for a table, or for those above it, change this column of all that inherit it. */
    private boolean isReset(String table, String column) {
        Column.Generated before = generated(from, table, column);
        Column.Generated after = generated(to, table, column);
        return isMadeAnew(table, column)
                || before != null && after != null && !before.equals(after)
                || Stream.of(from, to)
                        .map(side -> side.table(table))
                        .filter(Objects::nonNull)
                        .flatMap(found -> found.parents().stream())
                        .anyMatch(parent -> isReset(parent, column));
    }

    private boolean isNeeded(Table table, String column, boolean reset, Schema side) {
        Column.Generated wanted = generated(side, table.name(), column);
        return reset
                ? table.parents().stream()
                        .map(parent -> generated(side, parent, column))
                        .anyMatch(parent -> !wanted.equals(parent))
                : !wanted.equals(generated(side == to ? from : to, table.name(), column));
    }

    /** What the expression mentions, and the columns of the parents, which come first. */
    private Set<Name> needed(Table table, Column column) {
        Set<Name> names = new HashSet<>(scene.universe()
                .mentioned(SqlText.name(table.name()) + " " + column.generated().expression()));
        table.parents().forEach(parent -> names.add(Name.column(parent, column.name())));
        names.remove(Name.relation(table.name()));
        return names;
    }

    private static List<String> statement(Table table, Column column) {
        return List.of(SqlText.alter(table.name(), column.name()) + "SET EXPRESSION AS ("
                + column.generated().expression() + ")");
    }

    private static boolean isIndexedAbove(Schema side, Table table, String column) {
        Set<String> columns = Set.of(column);
        return side.ancestors(side.tables().get(table.name())).stream()
                .filter(parent -> parent.partitionBy() != null)
                .anyMatch(parent -> parent.indexes().stream().anyMatch(index -> holds(index, columns))
                        || parent.keys().anyMatch(key -> key.columns().contains(column))
                        || parent.exclusions().stream()
                                .anyMatch(exclusion -> mentions(exclusion.definition(), columns)));
    }

    private static boolean holds(Index index, Set<String> columns) {
        return index.include().stream().anyMatch(columns::contains)
                || mentions(index.predicate(), columns)
                || index.keys().stream().anyMatch(key -> holds(key, columns));
    }

    private static boolean holds(IndexKey key, Set<String> columns) {
        return columns.contains(key.column()) || mentions(key.expression(), columns);
    }

    private static boolean mentions(String sql, Set<String> columns) {
        return sql != null && !Collections.disjoint(SqlNames.mentioned(SqlNames.withoutLiterals(sql)), columns);
    }
}
