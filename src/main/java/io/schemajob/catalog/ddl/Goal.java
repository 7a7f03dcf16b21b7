package io.schemajob.catalog.ddl;

import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.diff.SchemaComparison;
import io.schemajob.catalog.model.Extension;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.UserType;
import io.schemajob.catalog.model.View;
import io.schemajob.catalog.sql.SqlText;
import io.schemajob.report.text.Named;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Where the way leads: the live schema with the changes that a comparison found. What no change is about stays as it is, in
 * the words of the catalog.
 *
 * @param from the live schema, once {@code renames} have run
 * @param to the goal
 * @param renames constraints that differ in nothing but their names
 * @param notes what is left to a person
 * @param open tables that nobody declared, by their parents
 * @param left tables and columns that only a person can change, on which nothing new can be made before that
 * @param alone columns that a table loses alone, as those that inherit from it keep theirs
 * @param carried NOT NULLs of children that change with those of their parents, and are here as they were
 * @param declared the schema as it is declared, also where only a person can lead to it
 */
record Goal(
        Schema from,
        Schema to,
        List<Operation> renames,
        List<Note> notes,
        OpenDefaults open,
        Set<Name> left,
        Set<Name> alone,
        Set<Name> carried,
        Schema declared) {
    private static final int NAMED_PARTITIONS = 5;

    /** @param changes what {@code comparison} found; knows afterwards what was taken up */
    static Goal of(SchemaComparison comparison, Changes changes, boolean strict) {
        return new Making(comparison, changes, strict).goal();
    }

    /** The object of the operation that gives a constraint of a table its declared name. */
    static ObjectIdentity constraint(Difference difference) {
        return ObjectIdentity.in(difference.object().names().get(0), "constraint", (String) difference.declared());
    }

    private static final class Making {
        private final SchemaComparison comparison;
        private final Schema declared;
        private final Schema live;
        private final Changes changes;
        private final boolean strict;
        private final List<Note> notes = new ArrayList<>();
        private final Map<String, Set<String>> open = new HashMap<>();
        private final Set<Name> left = new HashSet<>();
        private final Set<Name> alone = new HashSet<>();
        private final Set<Name> carried = new HashSet<>();

        private final Map<ObjectIdentity, List<String>> further = new LinkedHashMap<>();

        private Making(SchemaComparison comparison, Changes changes, boolean strict) {
            this.comparison = comparison;
            this.declared = comparison.declared();
            this.live = comparison.live();
            this.changes = changes;
            this.strict = strict;
        }

        private Goal goal() {
            List<Operation> renames =
                    comparison.renames().stream().map(Making::rename).toList();
            RowTypes rows = new RowTypes(live, declared);
            left.addAll(MovedExtensions.of(comparison, changes).names());
            GoalObjects objects = new GoalObjects(changes, notes, left, rows);
            Map<String, Table> tables = tables(rows);
            Schema goal = new Schema(
                    tables,
                    goal(declared.views(), live.views(), View::identity, objects::view, OtherSql::drop),
                    new FixedFunctions(live, tables, rows).kept(routines(objects), notes, left),
                    sequences(objects, tables),
                    goal(declared.types(), live.types(), UserType::identity, objects::type, OtherSql::drop),
                    extensions(),
                    declared.objects(),
                    Map.of(),
                    declared.beside());
            GoalKinds kinds = new GoalKinds(comparison, goal, changes, notes, left, strict, rows);
            return new Goal(
                    live.withObjects(kinds.before()),
                    goal.withObjects(kinds.after()),
                    renames,
                    List.copyOf(notes),
                    new OpenDefaults(open),
                    Set.copyOf(left),
                    Set.copyOf(alone),
                    Set.copyOf(carried),
                    declared);
        }

        private Map<String, Routine> routines(GoalObjects objects) {
            return goal(declared.routines(), live.routines(), Routine::identity, objects::routine, RoutineSql::drop);
        }

        private static Operation rename(Difference difference) {
            String table = difference.object().names().get(0);
            String before = SqlText.name((String) difference.live());
            String after = SqlText.name((String) difference.declared());
            String rename = SqlText.alter(table) + "RENAME CONSTRAINT ";
            return Operation.of(
                    Rank.RENAME,
                    constraint(difference),
                    table,
                    List.of(rename + before + " TO " + after),
                    List.of(rename + after + " TO " + before),
                    Operation.Effect.NONE);
        }

        /** What is declared, made of the live one if there is one; and what nobody declared, unless it has to go. */
        private <T> Map<String, T> goal(
                Map<String, T> declared,
                Map<String, T> live,
                Function<T, ObjectIdentity> object,
                BinaryOperator<T> both,
                Function<T, String> drop) {
            Map<String, T> goal = new LinkedHashMap<>();
            declared.forEach((name, expected) -> {
                T found = live.get(name);
                if (found != null) {
                    goal.put(name, both.apply(expected, found));
                } else if (changes.missing(object.apply(expected))) {
                    goal.put(name, expected);
                }
            });
            live.forEach((name, found) -> {
                if (!declared.containsKey(name) && !isPartition(found) && !changes.goes(object.apply(found))) {
                    goal.put(name, found);
                    if (changes.mayStay(object.apply(found))) {
                        notes.add(Note.undeclared(object.apply(found), drop.apply(found)));
                    }
                }
            });
            return goal;
        }

        private Map<String, Table> tables(RowTypes rows) {
            Map<String, List<Table>> children = live.children();
            Map<String, Table> tables = goal(
                    declared.tables(),
                    live.tables(),
                    Table::identity,
                    (table, found) -> new GoalTable(
                                    found.name(), comparison, children, changes, notes, left, alone, carried, rows)
                            .goal(),
                    table -> "DROP TABLE " + SqlText.name(table.name()));
            declared.tables().values().forEach(table -> renamedPartition(table, children, tables));
            tables.replaceAll((name, table) -> live.tables().containsKey(name) ? table : GoalTable.complete(table));
            live.tables().forEach((name, table) -> {
                if (!declared.tables().containsKey(name)) {
                    table.parents().forEach(parent -> open.computeIfAbsent(parent, any -> new HashSet<>())
                            .add(name));
                    partition(table, tables);
                }
            });
            further.forEach(this::noteFurther);
            return tables;
        }

        /** One that has another name now would be in the way of what is declared. */
        private void renamedPartition(Table table, Map<String, List<Table>> children, Map<String, Table> tables) {
            if (table.partition() == null
                    || live.tables().containsKey(table.name())
                    || !tables.containsKey(table.name())) {
                return;
            }
            children.getOrDefault(table.partition().parent(), List.of()).stream()
                    .filter(other -> other.partition() != null
                            && !declared.tables().containsKey(other.name())
                            && other.partition()
                                    .bound()
                                    .equals(table.partition().bound()))
                    .findFirst()
                    .ifPresent(other -> {
                        tables.remove(table.name());
                        left.add(Name.relation(table.name()));
                        notes.add(new Note(
                                table.identity(),
                                "The partition %s, which is not declared, has its bound: rename it, if it is the same."
                                        .formatted(other.name()),
                                List.of(SqlText.alter(other.name()) + "RENAME TO " + SqlText.name(table.name())),
                                true));
                    });
        }

        /** Tables make partitions at run time, so these are no drift; but whoever took one out of the file has to know. */
        private void noteFurther(ObjectIdentity table, List<String> partitions) {
            notes.add(new Note(
                    table,
                    "It has partitions that are not declared, and stay: %s."
                            .formatted(Named.first(partitions, NAMED_PARTITIONS)),
                    List.of(),
                    false));
        }

        private boolean isPartition(Object table) {
            return table instanceof Table partition && comparison.declaredParent(partition) != null;
        }

        /** One that nobody declared holds rows of a table that somebody did. */
        private void partition(Table table, Map<String, Table> tables) {
            if (isPartition(table)) {
                tables.put(table.name(), table);
                boolean drift = changes.goes(table.identity());
                if (drift || changes.mayStay(table.identity())) {
                    String drop = "DROP TABLE " + SqlText.name(table.name());
                    notes.add(new Note(
                            table.identity(),
                            "It is not declared, and holds rows of a table that is.",
                            List.of(drop),
                            drift));
                } else {
                    Table parent = comparison.declaredParent(table);
                    if (parent.partitions() == null) {
                        further.computeIfAbsent(parent.identity(), any -> new ArrayList<>())
                                .add(table.name());
                    }
                }
            }
        }

        /** The sequence of a column that nobody declared stays and goes with it. */
        private Map<String, Sequence> sequences(GoalObjects objects, Map<String, Table> tables) {
            Map<String, Sequence> sequences =
                    goal(declared.sequences(), live.sequences(), Sequence::identity, objects::sequence, OtherSql::drop);
            sequences
                    .values()
                    .removeIf(sequence -> changes.follows(sequence.identity()) && !sequence.hasOwnerIn(tables));
            return sequences;
        }

        /** Extensions belong to the database: nobody drops one because a schema does not declare it. */
        private Map<String, Extension> extensions() {
            Map<String, Extension> all = new LinkedHashMap<>(live.extensions());
            live.extensions().keySet().stream()
                    .filter(name -> !declared.extensions().containsKey(name))
                    .forEach(name -> notes.add(new Note(
                            ObjectIdentity.of("extension", name),
                            "It is not declared, and stays: others may use it.",
                            List.of("DROP EXTENSION " + SqlText.name(name)),
                            false)));
            declared.extensions().forEach((name, extension) -> {
                ObjectIdentity object = ObjectIdentity.of("extension", name);
                if (changes.missing(object)) {
                    all.put(name, extension);
                    return;
                }
                if (changes.changed(object, "schema")) {
                    notes.add(new Note(
                            object,
                            "It is in another schema than declared; other schemas may use it.",
                            List.of("ALTER EXTENSION %s SET SCHEMA %s"
                                    .formatted(
                                            SqlText.name(name),
                                            extension.schema() == null ? "…" : SqlText.name(extension.schema()))),
                            true));
                }
                if (changes.changed(object, "version")) {
                    notes.add(new Note(
                            object,
                            "It is at version %s; an update cannot be rolled back."
                                    .formatted(live.extensions().get(name).version()),
                            List.of("ALTER EXTENSION %s UPDATE TO %s"
                                    .formatted(SqlText.name(name), SqlText.literal(extension.version()))),
                            true));
                }
            });
            return all;
        }
    }
}
