package io.schemajob.catalog.ddl;

import io.schemajob.catalog.diff.SchemaComparison;
import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Exclusion;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.TableBuilder;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The goal for one table that is there already. */
final class GoalTable {
    private final SchemaComparison comparison;
    private final Table declared;
    private final Table live;
    private final Schema declaredSchema;
    private final Schema liveSchema;
    private final Map<String, List<Table>> children;
    private final Changes changes;
    private final List<Note> notes;
    private final Set<Name> left;
    private final Set<Name> alone;
    private final Set<Name> carried;
    private final RowTypes rows;
    private final GoalObjects objects;
    private final TableBuilder to;
    private final ObjectIdentity table;

    /**
     * A table of this name, which both sides have.
     *
     * @param children live tables by the name of their parent
     * @param notes gets what is left to a person
     * @param left gets what a person has to change before anything new can be made on it: the table, or columns of it
     * @param alone gets columns that this table loses and those that inherit from it keep
     * @param carried gets the NOT NULLs that change with those of a parent
     * @param rows which tables have rows in columns of others
     */
    GoalTable(
            String name,
            SchemaComparison comparison,
            Map<String, List<Table>> children,
            Changes changes,
            List<Note> notes,
            Set<Name> left,
            Set<Name> alone,
            Set<Name> carried,
            RowTypes rows) {
        this.comparison = comparison;
        this.rows = rows;
        this.declaredSchema = comparison.declared();
        this.liveSchema = comparison.live();
        this.children = children;
        this.declared = declaredSchema.tables().get(name);
        this.live = liveSchema.tables().get(name);
        this.changes = changes;
        this.notes = notes;
        this.left = left;
        this.alone = alone;
        this.carried = carried;
        this.objects = new GoalObjects(changes, notes, left, rows);
        this.to = TableBuilder.of(live);
        this.table = ObjectIdentity.of("table", name);
    }

    /** A new table: its primary key gets the name that PostgreSQL would give it. */
    static Table complete(Table declared) {
        TableBuilder builder = TableBuilder.of(declared);
        if (declared.primaryKey() != null && declared.primaryKey().name() == null) {
            builder.primaryKey = declared.primaryKey().named(declared.name() + "_pkey");
        }
        return builder.build();
    }

    Table goal() {
        boolean attached = changes.changed(table, "partition");
        if (changes.changed(table, "partitioning")) {
            leave(
                    "How it is partitioned cannot be changed by a statement that keeps its rows in place: make a table of another"
                            + " name, move the rows, and let it take this one's name.",
                    List.of());
            return live;
        } else if (attached) {
            leave(
                    "Its rows have to fit, and its indexes, keys and triggers follow: run this, and plan again what differs then.",
                    TableSql.attaching(live, liveSchema, declared, declaredSchema));
            return live;
        }
        List<Check> brought = List.of();
        if (changes.changed(table, "parents")) {
            note(
                    table,
                    "What it inherits from cannot be changed by a statement that could be rolled back: its columns would stay its own.",
                    TableSql.inheriting(live, liveSchema, declared, declaredSchema));
            brought = brought();
        }
        to.comment = changes.comment(table, live.comment());
        to.unlogged = changes.value(table, "persistence", declared, live, Table::unlogged);
        if (to.unlogged != live.unlogged() && rows.hold(live.name())) {
            to.unlogged = live.unlogged();
            note(table, RowTypes.WHY, List.of());
        }
        to.rowSecurity = changes.value(table, "row security", declared, live, Table::rowSecurity);
        to.forceRowSecurity = changes.value(table, "row security", declared, live, Table::forceRowSecurity);
        columns();
        primaryKey();
        constraints("unique constraint", declared.unique(), to.unique, Key::name);
        constraints("foreign key", declared.foreignKeys(), to.foreignKeys, ForeignKey::name);
        constraints("check", declared.checks(), to.checks, Check::name);
        brought.forEach(check -> {
            to.checks.add(check);
            note(ObjectIdentity.in(live.name(), "check", check.name()), Held.WAITS, List.of());
        });
        constraints("exclusion constraint", declared.exclusions(), to.exclusions, Exclusion::name);
        replace(to.triggers, objects.triggers(live.name(), declared.triggers(), live.triggers()));
        replace(
                to.indexes,
                objects.indexes(live.name(), live.partitionBy() != null, parts(), declared.indexes(), live.indexes()));
        return to.build();
    }

    /** Most that fits the new table does not fit the old one: it stays as it is. */
    private void leave(String reason, List<String> statements) {
        note(table, reason, statements);
        left.add(Name.relation(live.name()));
    }

    /** The checks that it must have to inherit from those from which it does not yet. */
    private List<Check> brought() {
        List<Check> checks = new ArrayList<>();
        declared.inherits().stream()
                .filter(parent -> !live.inherits().contains(parent) && declaredSchema.table(parent) != null)
                .map(declaredSchema::table)
                .forEach(parent -> {
                    checks.addAll(parent.checks());
                    declaredSchema.ancestors(parent).forEach(ancestor -> checks.addAll(ancestor.checks()));
                });
        return live.checks().stream()
                .filter(check -> checks.stream().anyMatch(one -> one.name().equals(check.name())))
                .filter(check ->
                        declared.checks().stream().noneMatch(one -> one.name().equals(check.name())))
                .toList();
    }

    private void note(ObjectIdentity object, String reason, List<String> statements) {
        notes.add(new Note(object, reason, statements, true));
    }

    private ObjectIdentity object(Column column) {
        return ObjectIdentity.column(live.name(), column.name());
    }

    private void columns() {
        to.columns.clear();
        for (Column column : declared.columns()) {
            Column found = live.column(column.name()).orElse(null);
            boolean inherited = isInherited(column.name());
            if (found != null) {
                to.columns.add(inherited ? inherited(column, found) : changed(column, found));
            } else if (changes.missing(object(column))
                    && !inherited
                    && !rows.leavesOut(live.name(), column, notes, left)) {
                to.columns.add(column);
            }
        }
        for (Column column : live.columns()) {
            if (declared.column(column.name()).isEmpty()) {
                extra(column);
            }
        }
    }

    private void extra(Column column) {
        if (isInherited(column.name())) {
            to.columns.add(column);
        } else if (!changes.goes(object(column))) {
            to.columns.add(column);
            if (changes.mayStay(object(column))) {
                notes.add(Note.undeclared(
                        object(column), SqlText.alter(live.name()) + "DROP COLUMN " + SqlText.name(column.name())));
            }
        } else if (rows.keeps(live.name(), column, notes, left)) {
            to.columns.add(column);
        } else {
            keptBelow(column);
        }
    }

    /** Without ONLY the tables that inherit a column lose it with its values, whether they are to keep it or not. */
    private void keptBelow(Column column) {
        List<String> children = childrenOf(live.name()).stream()
                .filter(child -> child.partition() == null)
                .map(Table::name)
                .toList();
        List<String> keeping =
                children.stream().filter(child -> keeps(child, column.name())).toList();
        if (keeping.isEmpty()) {
            return;
        }
        if (keeping.size() < children.size()) {
            to.columns.add(column);
            note(
                    object(column),
                    "%s keep it and other tables that inherit it do not: drop it with ONLY, and then in each of the others."
                            .formatted(String.join(", ", keeping)),
                    List.of(ColumnOperations.dropAlone(live.name(), column)));
        } else {
            alone.add(Name.column(live.name(), column.name()));
        }
    }

    /** A table that nobody declared stays as it is. */
    private boolean keeps(String child, String column) {
        Table wanted = declaredSchema.table(child);
        return wanted == null || wanted.column(column).isPresent();
    }

    private Column with(Column column, Column found) {
        ObjectIdentity object = object(column);
        return new Column(
                found.name(),
                changes.value(object, "type", column, found, Column::type),
                changes.value(object, "nullability", column, found, Column::nullable),
                changes.value(object, "default", column, found, Column::defaultValue),
                changes.value(object, "identity", column, found, Column::identity),
                changes.value(object, "generation", column, found, Column::generated),
                changes.value(object, "collation", column, found, Column::collation),
                changes.comment(object, found.comment()));
    }

    /** A column that both sides have; one that no cast leads to stays as it is. */
    private Column changed(Column column, Column found) {
        Column goal = with(column, found);
        if (goal.nullable() && !found.nullable() && isKeyOfChild(live.name(), column.name())) {
            note(
                    object(column),
                    "It stays NOT NULL as long as it is in the primary key of a table that inherits it.",
                    List.of());
            goal = goal.required();
        }
        boolean computed = changes.changed(object(column), "generation") || goal.generated() != null;
        String fixed = whyFixed(goal, found, computed);
        if (fixed == null && (computed || TypeFamily.castable(declaredSchema, found.type(), goal.type()))) {
            return goal;
        }
        note(
                object(column),
                fixed != null
                        ? fixed
                        : "PostgreSQL has no cast from %s to %s: what becomes of the values, a person has to say."
                                .formatted(found.type(), goal.type()),
                fixed != null
                        ? List.of()
                        : List.of("%sTYPE %s USING …(%s)"
                                .formatted(
                                        SqlText.alter(live.name(), column.name()),
                                        TableSql.type(goal),
                                        SqlText.name(column.name()))));
        left.add(Name.column(live.name(), column.name()));
        return found.withComment(goal.comment());
    }

    /** Why no statement gives a column another type, collation or expression; or null. */
    private String whyFixed(Column goal, Column found, boolean computed) {
        boolean same = goal.type().equals(found.type()) && Objects.equals(goal.collation(), found.collation());
        if (same && Objects.equals(goal.generated(), found.generated())) {
            return null;
        } else if (MovedExtensions.of(comparison, changes).concern(goal.type(), found.type())) {
            return Held.WAITS;
        }
        String virtual = VirtualColumns.whyNot(live, goal, found, comparison, changes);
        if (virtual != null) {
            return virtual;
        }
        return !computed && PartitionKeys.hold(live.name(), goal, found, liveSchema, children)
                ? PartitionKeys.WHY
                : rows.whyTypeStays(live.name(), found.name());
    }

    private boolean isKeyOfChild(String table, String column) {
        return childrenOf(table).stream().anyMatch(child -> {
            Table wanted = declaredSchema.tables().getOrDefault(child.name(), child);
            return isInKey(child, column) && isInKey(wanted, column) || isKeyOfChild(child.name(), column);
        });
    }

    private List<Table> childrenOf(String table) {
        return children.getOrDefault(table, List.of());
    }

    private static boolean isInKey(Table table, String column) {
        return table.primaryKey() != null && table.primaryKey().columns().contains(column);
    }

    /** What a parent has is changed there, and comes and goes with it. */
    private boolean isInherited(String column) {
        return live.parents().stream().anyMatch(parent -> {
            Table expected = declaredSchema.table(parent);
            Table found = liveSchema.table(parent);
            return expected != null
                    && found != null
                    && (expected.column(column).isPresent()
                                    && found.column(column).isPresent()
                            || declared.column(column).isPresent()
                                            == expected.column(column).isPresent()
                                    && live.column(column).isPresent()
                                            == found.column(column).isPresent());
        });
    }

    /** Of a column that a parent has, a child has its default and its NOT NULL; the rest is the parent's. */
    private Column inherited(Column column, Column found) {
        Column goal = with(column, found);
        if (isStuck(column, found)) {
            left.add(Name.column(live.name(), column.name()));
            return found.withComment(goal.comment());
        }
        Column.Generated computed = computed(column, found);
        boolean byParent = live.parents().stream()
                .map(parent ->
                        List.of(column(declaredSchema, parent, found.name()), column(liveSchema, parent, found.name())))
                .anyMatch(both -> both.get(0).isPresent()
                        && both.get(1).isPresent()
                        && both.get(0).get().nullable() == goal.nullable()
                        && both.get(1).get().nullable() == found.nullable());
        if (byParent && goal.nullable() != found.nullable()) {
            carried.add(Name.notNull(live.name(), found.name()));
        }
        return new Column(
                found.name(),
                found.type(),
                byParent ? found.nullable() : goal.nullable(),
                goal.defaultValue(),
                found.identity(),
                computed,
                found.collation(),
                goal.comment());
    }

    /** A partition may compute a column otherwise than its parent; whether it does at all is the parent's. */
    private Column.Generated computed(Column column, Column found) {
        boolean changed = changes.changed(object(column), "generation");
        return changed && ExpressionOperations.isAltered(live.name(), column.name(), declaredSchema, liveSchema)
                ? column.generated()
                : found.generated();
    }

    /** Whether its parent waits for a person, since no cast leads to the type. */
    private boolean isStuck(Column column, Column found) {
        return !column.equals(found)
                && column.generated() == null
                && found.generated() == null
                && !TypeFamily.castable(declaredSchema, found.type(), column.type());
    }

    private static Optional<Column> column(Schema schema, String table, String column) {
        Table parent = schema.table(table);
        return parent == null ? Optional.empty() : parent.column(column);
    }

    private void primaryKey() {
        ObjectIdentity key = ObjectIdentity.only("primary key", live.name());
        if (changes.goes(key)) {
            to.primaryKey = null;
        } else if (changes.missing(key) || changes.changed(key, "definition")) {
            to.primaryKey = complete(declared).primaryKey();
        }
    }

    private <T> void constraints(String kind, List<T> declared, List<T> goal, Function<T, String> name) {
        replace(goal, objects.parts(declared, goal, name, one -> ObjectIdentity.in(live.name(), kind, one)));
    }

    private Set<String> parts() {
        return live.indexes().stream()
                .map(Index::name)
                .filter(index -> AttachedIndexes.parent(liveSchema, live.name(), index) != null)
                .collect(Collectors.toSet());
    }

    private static <T> void replace(List<T> list, List<T> by) {
        list.clear();
        list.addAll(by);
    }
}
