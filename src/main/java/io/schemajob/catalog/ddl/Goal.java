package io.schemajob.catalog.ddl;

import io.schemajob.catalog.diff.Inheritance;
import io.schemajob.catalog.kind.CommentKind;
import io.schemajob.catalog.kind.DefaultGrants;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.ObjectComparison;
import io.schemajob.catalog.kind.ObjectKind;
import io.schemajob.catalog.kind.Owners;
import io.schemajob.catalog.kind.Undeclared;
import io.schemajob.catalog.model.Coverage;
import io.schemajob.catalog.model.Extension;
import io.schemajob.catalog.model.LiveServer;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.PartitionPolicy;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.SchemaObjects;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.UserType;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;

/**
 * Where the way leads: the declared schema, completed by what it leaves open. What a declaration says in other words
 * than the catalog is written in the catalog's words here, so that what is equal is equal.
 *
 * @param from the live schema, once {@code renames} have run
 * @param to the goal
 * @param renames constraints that differ in nothing but their names
 * @param notes what is left to a person
 * @param open parents of tables that nobody declared
 * @param left tables and columns that only a person can change, on which nothing new can be made before that
 */
record Goal(Schema from, Schema to, List<Operation> renames, List<Note> notes, Set<String> open, Set<Name> left) {
    static Goal of(Schema declared, Schema live, boolean strict) {
        return new Making(declared, live, strict).goal();
    }

    private static final class Making {
        private final Schema declared;
        private final Schema live;
        private final boolean strict;
        private final GoalObjects objects;
        private final List<Note> notes = new ArrayList<>();
        private final List<Operation> renames = new ArrayList<>();
        private final Set<String> open = new HashSet<>();
        private final Set<Name> left = new HashSet<>();

        private Making(Schema declared, Schema live, boolean strict) {
            this.declared = declared;
            this.live = live;
            this.strict = strict;
            this.objects = new GoalObjects(declared.objects().coverage().level() > Coverage.NONE.level());
        }

        private Goal goal() {
            Map<String, Table> from = new LinkedHashMap<>(live.tables());
            Map<String, Table> to = new LinkedHashMap<>();
            Map<String, Map<String, String>> newNames = new HashMap<>();
            declared.tables().forEach((name, table) -> {
                Table found = live.tables().get(name);
                if (found == null) {
                    to.put(name, GoalTable.complete(table));
                } else {
                    GoalTable goal = new GoalTable(table, found, declared, live, strict, objects);
                    from.put(name, goal.from());
                    to.put(name, goal.to());
                    renames.addAll(goal.renames());
                    if (!goal.newNames().isEmpty()) {
                        newNames.put(name, goal.newNames());
                    }
                    notes.addAll(goal.notes());
                    left.addAll(goal.left());
                }
            });
            live.tables().values().forEach(table -> extra(table, to));
            Schema renamed = live.withObjects(RenamedConstraints.in(live.objects(), newNames));
            Map<String, UserType> types = merge(declared.types(), live.types(), objects::type);
            Schema goal = new Schema(
                    to,
                    merge(declared.views(), live.views(), objects::view),
                    merge(declared.routines(), live.routines(), objects::routine),
                    merge(declared.sequences(), live.sequences(), objects::sequence),
                    types,
                    extensions(),
                    objects(renamed, to.keySet()),
                    Map.of(),
                    declared.beside());
            Schema before = renamed.withTables(from);
            List<SchemaObject> found = before.objects().byKind().values().stream()
                    .flatMap(objects -> objects.values().stream())
                    .toList();
            before = before.withObjects(SchemaObjects.of(
                    before.objects().coverage(),
                    cleared(found, live),
                    Map.of(),
                    before.objects().server()));
            return new Goal(
                    before,
                    withExtras(goal),
                    List.copyOf(renames),
                    List.copyOf(notes),
                    Set.copyOf(open),
                    Set.copyOf(left));
        }

        private static <T> Map<String, T> merge(Map<String, T> declared, Map<String, T> live, BinaryOperator<T> merge) {
            Map<String, T> merged = new LinkedHashMap<>();
            declared.forEach((name, object) -> {
                T found = live.get(name);
                merged.put(name, found == null ? object : merge.apply(object, found));
            });
            return merged;
        }

        /** Extensions belong to the database: nobody drops one because a schema does not declare it. */
        private Map<String, Extension> extensions() {
            Map<String, Extension> merged = new LinkedHashMap<>(live.extensions());
            declared.extensions().forEach((name, extension) -> {
                Extension found = live.extensions().get(name);
                if (found == null) {
                    merged.put(name, extension);
                } else if (extension.version() != null && !Objects.equals(extension.version(), found.version())) {
                    notes.add(new Note(
                            ObjectIdentity.of("extension", name),
                            "It is at version %s; an update cannot be taken back.".formatted(found.version()),
                            List.of("ALTER EXTENSION %s UPDATE TO %s"
                                    .formatted(SqlText.name(name), SqlText.literal(extension.version()))),
                            true));
                }
            });
            return merged;
        }

        /** What is declared, in the words of the live object where that is equal, and what nobody minds. */
        private SchemaObjects objects(Schema present, Set<String> tables) {
            ObjectComparison comparison = new ObjectComparison(declared, present);
            List<SchemaObject> goal = new ArrayList<>();
            for (ObjectKind kind : Kinds.ALL) {
                Map<List<String>, SchemaObject> expected = comparison.expected(kind);
                Map<List<String>, SchemaObject> found = present.objects().of(kind.noun());
                expected.forEach((path, object) -> {
                    if (isLeft(kind, object)) {
                        return;
                    }
                    SchemaObject partner = found.get(path);
                    if (!roleIsMissing(kind, object)) {
                        goal.add(partner == null ? object : comparison.goal(kind, object, partner));
                    } else if (partner != null) {
                        goal.add(partner);
                    }
                });
                found.forEach((path, object) -> {
                    Optional<SchemaObject> assumed =
                            kind.assumed(object, declared.objects().coverage());
                    if (isLeft(kind, object)) {
                        goal.add(object);
                    } else if (!expected.containsKey(path)
                            && (!comparison.covered(kind) || stays(kind, object, tables))) {
                        goal.add(object);
                    } else if (!expected.containsKey(path)
                            && assumed.isPresent()
                            && !goes(kind, object)
                            && !roleIsMissing(kind, assumed.get())) {
                        goal.add(comparison.goal(kind, assumed.get(), object));
                    }
                });
            }
            Owners.ofNew(declared, live).stream()
                    .filter(owner -> !roleIsMissing(Kinds.of(owner.kind()), owner))
                    .forEach(goal::add);
            return SchemaObjects.of(declared.objects().coverage(), cleared(goal, declared), Map.of(), LiveServer.NONE);
        }

        private List<SchemaObject> cleared(List<SchemaObject> objects, Schema side) {
            return declared.objects().coverage().privileges()
                    ? DefaultGrants.cleared(objects, side, declared, live.objects())
                    : objects;
        }

        /** Roles belong to the whole server: who they are is for a person to say. */
        private boolean roleIsMissing(ObjectKind kind, SchemaObject object) {
            Optional<String> missing = kind.roles(object).stream()
                    .filter(live.objects().server()::lacks)
                    .findFirst();
            missing.ifPresent(role -> notes.add(new Note(
                    kind.object(object), "There is no role %s on this server.".formatted(role), List.of(), true)));
            return missing.isPresent();
        }

        /** What it is about goes, and it with that. */
        private boolean goes(ObjectKind kind, SchemaObject object) {
            return strict
                    && kind.target(object)
                            .map(target -> !target.in(declared, live))
                            .orElse(false);
        }

        private boolean isDropped(ObjectKind kind, SchemaObject object) {
            String relation = kind.relation(object);
            Table table = live.tables().get(relation == null ? "" : relation);
            return relation != null && (table == null || !isPartitionOfOurs(table));
        }

        /** It comes and goes without being declared. */
        private boolean isPartitionOfOurs(Table table) {
            return Inheritance.declaredParent(table, declared, live) != null;
        }

        /** What belongs to a table that is left to a person stays as it is. */
        private boolean isLeft(ObjectKind kind, SchemaObject object) {
            return kind.relation(object) != null && left.contains(Name.relation(kind.relation(object)));
        }

        private boolean stays(ObjectKind kind, SchemaObject object, Set<String> tables) {
            if (kind.target(object).isPresent()) {
                return !kind.target(object).get().in(declared, live) && !(strict && isDropped(kind, object));
            }
            String relation = kind.relation(object);
            if (relation != null
                    && strict
                    && !tables.contains(relation)
                    && (live.tables().containsKey(relation) || live.views().containsKey(relation))
                    && !declared.views().containsKey(relation)) {
                return false;
            }
            boolean ofUndeclared = relation != null
                    && !declared.tables().containsKey(relation)
                    && !declared.views().containsKey(relation)
                    && !kind.onPartitions();
            if (ofUndeclared || kind.settings() || kind.undeclared(object, declared.objects()) == Undeclared.DRIFT) {
                return ofUndeclared;
            }
            boolean stays = !strict || kind.undeclared() == Undeclared.WARNING && !(kind instanceof CommentKind);
            if (stays) {
                undeclared(kind.object(object), kind.drop(object).get(0));
            }
            return stays;
        }

        private void extra(Table table, Map<String, Table> to) {
            if (declared.tables().containsKey(table.name())) {
                return;
            }
            open.addAll(table.parents());
            if (isPartitionOfOurs(table)) {
                to.put(table.name(), table);
                if (Inheritance.declaredParent(table, declared, live).partitions() == PartitionPolicy.DECLARED) {
                    undeclared(ObjectIdentity.of("table", table.name()), "DROP TABLE " + SqlText.name(table.name()));
                }
            } else if (!strict) {
                to.put(table.name(), table);
                undeclared(ObjectIdentity.of("table", table.name()), "DROP TABLE " + SqlText.name(table.name()));
            }
        }

        private Schema withExtras(Schema goal) {
            return new Schema(
                    goal.tables(),
                    extras(goal.views(), live.views(), view -> {
                        undeclared(
                                ObjectIdentity.of(view.kind(), view.name()),
                                "DROP " + OtherSql.kind(view) + " " + SqlText.name(view.name()));
                    }),
                    extras(
                            goal.routines(),
                            live.routines(),
                            routine -> undeclared(
                                    ObjectIdentity.of(routine.kind(), routine.signature()), RoutineSql.drop(routine))),
                    extras(goal.sequences(), live.sequences(), this::sequence),
                    extras(
                            goal.types(),
                            live.types(),
                            type -> undeclared(ObjectIdentity.of(type.kind(), type.name()), OtherSql.drop(type))),
                    goal.extensions(),
                    goal.objects(),
                    Map.of(),
                    goal.beside());
        }

        /** The sequence of a column that goes away goes with it; nothing is said of it. */
        private void sequence(Sequence sequence) {
            if (!belongsToUndeclared(sequence)) {
                undeclared(
                        ObjectIdentity.of("sequence", sequence.name()),
                        "DROP SEQUENCE " + SqlText.name(sequence.name()));
            }
        }

        /** @param undeclared writes the note */
        private <T> Map<String, T> extras(Map<String, T> goal, Map<String, T> found, Consumer<T> undeclared) {
            Map<String, T> all = new LinkedHashMap<>(goal);
            found.forEach((name, object) -> {
                boolean gone = object instanceof Sequence sequence && ownerGoes(sequence);
                if (!goal.containsKey(name) && !strict && !gone) {
                    all.put(name, object);
                    undeclared.accept(object);
                }
            });
            return all;
        }

        /** It comes and goes with a column of which is told already. */
        private boolean belongsToUndeclared(Sequence sequence) {
            return sequence.ownedBy() != null && !sequence.hasOwnerIn(declared.tables());
        }

        private boolean ownerGoes(Sequence sequence) {
            if (sequence.ownedBy() == null) {
                return false;
            }
            int dot = sequence.ownedBy().lastIndexOf('.');
            Table table = declared.tables().get(sequence.ownedBy().substring(0, dot));
            Table found = live.tables().get(sequence.ownedBy().substring(0, dot));
            String column = sequence.ownedBy().substring(dot + 1);
            return table != null
                    && table.column(column).isEmpty()
                    && found.column(column).map(c -> c.mustBeSupplied()).orElse(false);
        }

        private void undeclared(ObjectIdentity object, String drop) {
            notes.add(new Note(object, "It is not declared, which is a warning of verify.", List.of(drop), false));
        }
    }
}
