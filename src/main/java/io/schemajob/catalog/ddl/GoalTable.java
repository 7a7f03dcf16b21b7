package io.schemajob.catalog.ddl;

import io.schemajob.catalog.diff.Canonical;
import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.TableBuilder;
import io.schemajob.catalog.model.Trigger;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The goal for one table that is there already. */
final class GoalTable {
    private final Table declared;
    private final Table live;
    private final Schema declaredSchema;
    private final Schema liveSchema;
    private final boolean strict;
    private final GoalObjects objects;
    private final List<Operation> renames = new ArrayList<>();
    private final Map<String, String> newNames = new HashMap<>();
    private final List<Note> notes = new ArrayList<>();
    private final Set<Name> left = new HashSet<>();
    private final TableBuilder from;
    private final TableBuilder to;

    GoalTable(
            Table declared, Table live, Schema declaredSchema, Schema liveSchema, boolean strict, GoalObjects objects) {
        this.objects = objects;
        this.declared = declared;
        this.live = live;
        this.declaredSchema = declaredSchema;
        this.liveSchema = liveSchema;
        this.strict = strict;
        this.from = TableBuilder.of(live);
        boolean held = !isShapedAlike();
        this.to = TableBuilder.of(held ? live : declared);
        if (held) {
            leave();
        } else {
            merge();
        }
    }

    Table from() {
        return from.build();
    }

    Table to() {
        return to.build();
    }

    List<Operation> renames() {
        return renames;
    }

    /** The new names of constraints by their old ones. */
    Map<String, String> newNames() {
        return newNames;
    }

    List<Note> notes() {
        return notes;
    }

    /** What a person has to change before anything new can be made on it: the table, or columns of it. */
    Set<Name> left() {
        return left;
    }

    /** A new table: its primary key gets the name that PostgreSQL would give it. */
    static Table complete(Table declared) {
        TableBuilder builder = TableBuilder.of(declared);
        if (declared.primaryKey() != null && declared.primaryKey().name() == null) {
            builder.primaryKey = declared.primaryKey().named(declared.name() + "_pkey");
        }
        return builder.build();
    }

    private void merge() {
        to.comment = objects.comment(declared.comment(), live.comment());
        structure();
        columns();
        primaryKey();
        rename(from.unique, declared.unique(), Key::name, Canonical::key, Key::named);
        rename(from.foreignKeys, declared.foreignKeys(), ForeignKey::name, key -> key.named(""), ForeignKey::named);
        rename(
                from.checks,
                declared.checks(),
                Check::name,
                Canonical::check,
                (check, name) -> new Check(name, check.expression(), check.noInherit(), check.enforcement()));
        replace(to.unique, same(declared.unique(), from.unique, Key::name, Canonical::key));
        replace(to.checks, checks(declared.checks(), from.checks));
        replace(to.triggers, triggers(declared.triggers(), live.triggers()));
        replace(to.indexes, indexes(declared.indexes(), live.indexes(), objects.exact()));
        for (Index index : to.indexes) {
            if (!index.valid()) {
                notes.add(new Note(
                        ObjectIdentity.in(live.name(), "index", index.name()),
                        "It is invalid; schemajob repair builds it again.",
                        List.of(),
                        true));
            }
        }
        for (Index index : live.indexes()) {
            boolean known =
                    declared.indexes().stream().anyMatch(other -> other.name().equals(index.name()));
            if (!known && !strict && !index.unique() && index.valid()) {
                to.indexes.add(index);
                undeclared(ObjectIdentity.in(live.name(), "index", index.name()), IndexSql.drop(index, false));
            }
        }
    }

    /** Whether both are partitioned in the same way and partitions of the same table. */
    private boolean isShapedAlike() {
        return Objects.equals(declared.partitionBy(), live.partitionBy())
                && Objects.equals(partition(declared), partition(live));
    }

    /** No statement changes it in place, and most that fit the new table do not fit the old one: it stays as it is. */
    private void leave() {
        notes.add(new Note(
                ObjectIdentity.of("table", live.name()),
                "How it is partitioned cannot be changed by a statement that keeps its rows in place: make a table of another"
                        + " name, move the rows, and let it take this one's name.",
                List.of(),
                true));
        left.add(Name.relation(live.name()));
    }

    private void structure() {
        if (!declared.inherits().equals(live.inherits())) {
            notes.add(new Note(
                    ObjectIdentity.of("table", live.name()),
                    "What it inherits from cannot be changed by a statement that could be taken back.",
                    List.of(),
                    true));
        }
        to.partitionBy = live.partitionBy();
        to.partition = live.partition();
        replace(to.inherits, live.inherits());
    }

    private static String partition(Table table) {
        return table.partition() == null
                ? null
                : table.partition().parent() + " " + table.partition().bound();
    }

    private void columns() {
        to.columns.clear();
        for (Column column : declared.columns()) {
            Column found = live.column(column.name()).orElse(null);
            if (!isInherited(column.name())) {
                to.columns.add(found == null ? column : changed(column, found));
            } else if (found != null) {
                to.columns.add(inherited(column, found));
            }
        }
        for (Column column : live.columns()) {
            boolean kept = isInherited(column.name()) || !strict && !column.mustBeSupplied();
            if (declared.column(column.name()).isEmpty() && kept) {
                to.columns.add(column);
                if (!isInherited(column.name())) {
                    undeclared(
                            ObjectIdentity.column(live.name(), column.name()),
                            SqlText.alter(live.name()) + "DROP COLUMN " + SqlText.name(column.name()));
                }
            }
        }
    }

    /** A column that both sides have; one that no cast leads to stays as it is. */
    private Column changed(Column column, Column found) {
        Column goal = objects.column(column, found);
        boolean recomputed = !Objects.equals(goal.generated(), found.generated()) || goal.generated() != null;
        if (recomputed || TypeFamily.castable(declaredSchema, found.type(), goal.type())) {
            return goal;
        }
        String name = SqlText.name(column.name());
        notes.add(new Note(
                ObjectIdentity.column(live.name(), column.name()),
                "PostgreSQL has no cast from %s to %s: what becomes of the values, a person has to say."
                        .formatted(found.type(), goal.type()),
                List.of(SqlText.alter(live.name(), column.name()) + "TYPE " + TableSql.type(goal) + " USING …(" + name
                        + ")"),
                true));
        left.add(Name.column(live.name(), column.name()));
        return new Column(
                found.name(),
                found.type(),
                found.nullable(),
                found.defaultValue(),
                found.identity(),
                null,
                found.collation(),
                goal.comment());
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
    private Column inherited(Column declared, Column found) {
        Column goal = objects.column(declared, found);
        boolean byParent = live.parents().stream()
                .map(parent ->
                        List.of(column(declaredSchema, parent, found.name()), column(liveSchema, parent, found.name())))
                .anyMatch(both -> both.get(0).isPresent()
                        && both.get(1).isPresent()
                        && both.get(0).get().nullable() == goal.nullable()
                        && both.get(1).get().nullable() == found.nullable());
        return new Column(
                found.name(),
                found.type(),
                byParent ? found.nullable() : goal.nullable(),
                goal.defaultValue(),
                found.identity(),
                found.generated(),
                found.collation(),
                goal.comment());
    }

    private static Optional<Column> column(Schema schema, String table, String column) {
        Table parent = schema.table(table);
        return parent == null ? Optional.empty() : parent.column(column);
    }

    private void primaryKey() {
        Key expected = declared.primaryKey();
        Key found = live.primaryKey();
        if (expected == null) {
            return;
        }
        String name = expected.name() != null
                ? expected.name()
                : found != null && !objects.exact() ? found.name() : live.name() + "_pkey";
        to.primaryKey = expected.named(name);
        if (found != null
                && Canonical.key(expected).equals(Canonical.key(found))
                && !found.name().equals(name)) {
            renamed(found.name(), name);
            from.primaryKey = found.named(name);
        }
    }

    private interface Renaming<T> {
        T apply(T constraint, String name);
    }

    /** Equal constraints under other names are the only things that can be recognised as renamed without guessing. */
    private <T> void rename(
            List<T> found,
            List<T> expected,
            Function<T, String> name,
            Function<T, Object> meaning,
            Renaming<T> renaming) {
        Set<String> wanted = expected.stream().map(name).collect(Collectors.toSet());
        Set<String> present = found.stream().map(name).collect(Collectors.toSet());
        for (T constraint : expected) {
            if (present.contains(name.apply(constraint))) {
                continue;
            }
            for (int i = 0; i < found.size(); i++) {
                T other = found.get(i);
                if (!wanted.contains(name.apply(other)) && meaning.apply(other).equals(meaning.apply(constraint))) {
                    renamed(name.apply(other), name.apply(constraint));
                    found.set(i, renaming.apply(other, name.apply(constraint)));
                    break;
                }
            }
        }
    }

    private void renamed(String before, String after) {
        newNames.put(before, after);
        String rename = SqlText.alter(live.name()) + "RENAME CONSTRAINT %s TO %s";
        renames.add(Operation.of(
                Rank.RENAME,
                ObjectIdentity.in(live.name(), "constraint", after),
                live.name(),
                List.of(rename.formatted(SqlText.name(before), SqlText.name(after))),
                List.of(rename.formatted(SqlText.name(after), SqlText.name(before))),
                Operation.Effect.NONE));
    }

    private void undeclared(ObjectIdentity object, String drop) {
        notes.add(new Note(object, "It is not declared, which is a warning of verify.", List.of(drop), false));
    }

    static List<Check> checks(List<Check> declared, List<Check> live) {
        return same(declared, live, Check::name, Canonical::check);
    }

    static List<Trigger> triggers(List<Trigger> declared, List<Trigger> live) {
        return same(declared, live, Trigger::name, Canonical::trigger);
    }

    /** Options that a declaration leaves open may be any, unless it says everything; and an invalid index is left to {@code repair}. */
    static List<Index> indexes(List<Index> declared, List<Index> live, boolean exact) {
        return declared.stream()
                .map(index -> live.stream()
                        .filter(other -> other.name().equals(index.name()))
                        .filter(other -> Canonical.index(other).equals(Canonical.index(index)))
                        .filter(other -> !exact && index.options().isEmpty()
                                || index.options().equals(other.options()))
                        .findFirst()
                        .orElse(index))
                .toList();
    }

    private static <T> List<T> same(
            List<T> declared, List<T> live, Function<T, String> name, Function<T, Object> meaning) {
        return declared.stream()
                .map(object -> live.stream()
                        .filter(other -> name.apply(other).equals(name.apply(object)))
                        .filter(other -> meaning.apply(other).equals(meaning.apply(object)))
                        .findFirst()
                        .orElse(object))
                .toList();
    }

    private static <T> void replace(List<T> list, List<T> by) {
        list.clear();
        list.addAll(by);
    }
}
