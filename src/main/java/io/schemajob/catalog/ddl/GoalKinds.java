package io.schemajob.catalog.ddl;

import io.schemajob.catalog.diff.SchemaComparison;
import io.schemajob.catalog.kind.AccessTarget;
import io.schemajob.catalog.kind.Aspect;
import io.schemajob.catalog.kind.DefaultGrants;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.ObjectKind;
import io.schemajob.catalog.kind.Owners;
import io.schemajob.catalog.model.LiveServer;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.SchemaObjects;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.model.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The goal for objects of the described kinds.
 *
 * @param comparison of the schema
 * @param goal of everything else
 * @param changes what the comparison found
 * @param notes gets what is left to a person
 * @param left what a person has to change first
 * @param strict whether what is not declared has to go
 * @param rows which foreign tables have rows in columns of tables
 */
record GoalKinds(
        SchemaComparison comparison,
        Schema goal,
        Changes changes,
        List<Note> notes,
        Set<Name> left,
        boolean strict,
        RowTypes rows) {

    /** The live objects, with what default privileges add to what comes back. */
    SchemaObjects before() {
        SchemaObjects live = comparison.live().objects();
        List<SchemaObject> found = live.byKind().values().stream()
                .flatMap(objects -> objects.values().stream())
                .filter(object -> isPlanned(Kinds.of(object.kind())) && !isOfOthers(object))
                .toList();
        return SchemaObjects.of(live.coverage(), cleared(found, comparison.live()), Map.of(), live.server());
    }

    SchemaObjects after() {
        Schema declared = comparison.declared();
        List<SchemaObject> all = new ArrayList<>();
        Set<ObjectIdentity> linked = linked();
        LostParts lost = new LostParts(comparison.live(), goal);
        for (ObjectKind kind : Kinds.ALL.stream().filter(this::isPlanned).toList()) {
            Map<List<String>, SchemaObject> expected = declared.objects().of(kind.noun());
            Map<List<String>, SchemaObject> found = comparison.live().objects().of(kind.noun());
            expected.forEach((path, object) -> {
                if (!isLeft(kind, object)) {
                    Optional<SchemaObject> wanted = declared(kind, object, found.get(path));
                    (isOwnerOf(linked, kind, object) ? Optional.ofNullable(found.get(path)) : wanted)
                            .ifPresent(all::add);
                }
            });
            found.forEach((path, object) -> {
                if (isLeft(kind, object)) {
                    all.add(object);
                } else if (isOwnerOf(linked, kind, object)) {
                    if (!expected.containsKey(path)) {
                        undeclared(kind, object, lost);
                        all.add(object);
                    }
                } else if (!expected.containsKey(path) && !object.isElsewhere()) {
                    undeclared(kind, object, lost).ifPresent(all::add);
                }
            });
        }
        Owners.ofNew(declared, comparison.live()).stream()
                .filter(owner -> !roleIsMissing(Kinds.of(owner.kind()), owner))
                .filter(owner -> !isOwnerOf(linked, Kinds.of(owner.kind()), owner))
                .forEach(all::add);
        Set<String> foreign = all.stream()
                .filter(object -> object.kind().equals("foreign table"))
                .map(SchemaObject::name)
                .collect(Collectors.toSet());
        all.removeIf(object -> object.path().size() > 2
                && object.path().get(0).equals("foreign_tables")
                && !foreign.contains(object.name(0)));
        return SchemaObjects.of(declared.objects().coverage(), cleared(all, declared), Map.of(), LiveServer.NONE);
    }

    /** A linked sequence has the owner of its table: what links it sees to that, and a statement of its own would fail. */
    private Set<ObjectIdentity> linked() {
        return goal.sequences().values().stream()
                .filter(sequence -> sequence.hasOwnerIn(goal.tables()))
                .map(Sequence::identity)
                .collect(Collectors.toSet());
    }

    private static boolean isOwnerOf(Set<ObjectIdentity> linked, ObjectKind kind, SchemaObject object) {
        return kind.noun().equals("owner")
                && kind.target(object)
                        .map(AccessTarget::object)
                        .filter(linked::contains)
                        .isPresent();
    }

    /** Owners and privileges that nobody declared stay as they are. */
    private boolean isPlanned(ObjectKind kind) {
        return !kind.onDemand() || comparison.declared().objects().coverage().privileges();
    }

    private boolean isOfOthers(SchemaObject object) {
        return object.isElsewhere()
                && !comparison.declared().objects().of(object.kind()).containsKey(object.path());
    }

    private List<SchemaObject> cleared(List<SchemaObject> objects, Schema side) {
        Schema declared = comparison.declared();
        return declared.objects().coverage().privileges()
                ? DefaultGrants.cleared(objects, side, declared, comparison.live())
                : objects;
    }

    /** What belongs to a table that is left to a person stays as it is. */
    private boolean isLeft(ObjectKind kind, SchemaObject object) {
        return kind.relation(object) != null && left.contains(Name.relation(kind.relation(object)));
    }

    /** @param found null if there is none */
    private Optional<SchemaObject> declared(ObjectKind kind, SchemaObject object, SchemaObject found) {
        SchemaObject wanted = found != null ? changed(kind, found) : isMissing(kind, object) ? object : null;
        if (wanted != null
                && rows.hold(object.name(0))
                && isForeignTable(object)
                && kind.reshapes(found == null ? object.plain() : found, wanted)) {
            notes.add(new Note(kind.object(object), RowTypes.WHY, List.of(), true));
            left.add(Name.relation(object.name(0)));
            return Optional.ofNullable(found);
        }
        return Optional.ofNullable(wanted == null || roleIsMissing(kind, wanted) ? found : wanted);
    }

    /** Whether it is, or belongs to, a foreign table that is there. */
    private boolean isForeignTable(SchemaObject object) {
        return comparison.live().objects().of("foreign table").containsKey(List.of("foreign_tables", object.name(0)));
    }

    /** What an owner may do by being one has to be granted once another owns it. */
    private boolean isMissing(ObjectKind kind, SchemaObject object) {
        return !isOfPartitionThatWent(kind, object) && isExpected(kind, object);
    }

    /** Of a partition that comes and goes something may be declared, and that partition is not. */
    private boolean isOfPartitionThatWent(ObjectKind kind, SchemaObject object) {
        return kind.onPartitions()
                && object.path().get(0).equals("tables")
                && !goal.tables().containsKey(object.name(0));
    }

    private boolean isExpected(ObjectKind kind, SchemaObject object) {
        return changes.missing(kind.object(object))
                | isChanged(kind, object)
                | kind.target(object)
                        .map(target -> changes.changed(target.object(), "owner"))
                        .orElse(false);
    }

    private Optional<SchemaObject> undeclared(ObjectKind kind, SchemaObject found, LostParts lost) {
        ObjectIdentity object = kind.object(found);
        SchemaObject changed = changed(kind, found);
        if (changed != found) {
            return Optional.of(roleIsMissing(kind, changed) ? found : changed);
        } else if (changes.follows(object) && isOfDropped(kind, found) || isOfDroppedRoutine(kind, found)) {
            return Optional.empty();
        } else if (lost.concern(found)) {
            takeUp(kind, object);
            return kind.meanwhile(found);
        } else if (kind.part() != null) {
            return Optional.of(found);
        } else if (changes.goes(object)) {
            return Optional.empty();
        } else if (changes.mayStay(object)) {
            if (strict && kind.goesIfStrict()) {
                return Optional.empty();
            }
            notes.add(Note.undeclared(object, kind.drop(found).get(0)));
        }
        return Optional.of(found);
    }

    /** Settings have the name of what they set, which has a difference of its own. */
    private void takeUp(ObjectKind kind, ObjectIdentity object) {
        if (kind.part() == null && !changes.goes(object)) {
            changes.mayStay(object);
        }
    }

    private boolean isChanged(ObjectKind kind, SchemaObject object) {
        boolean changed = false;
        for (Aspect aspect : kind.aspects()) {
            changed |= changes.changed(kind.object(object), aspect.label());
        }
        return changed;
    }

    /** The live object with what changes of it; itself if nothing does. */
    private SchemaObject changed(ObjectKind kind, SchemaObject found) {
        if (!isChanged(kind, found)) {
            return found;
        }
        Map<String, Object> values = new TreeMap<>(found.values());
        for (Aspect aspect : kind.aspects()) {
            values.put(
                    aspect.key(),
                    changes.value(
                            kind.object(found), aspect.label(), found.values().get(aspect.key())));
        }
        values.values().removeIf(value -> value == null);
        return new SchemaObject(found.kind(), found.path(), values);
    }

    /** Roles belong to the whole server: who they are is for a person to say. */
    private boolean roleIsMissing(ObjectKind kind, SchemaObject object) {
        Optional<String> missing = kind.roles(object).stream()
                .filter(comparison.live().objects().server()::lacks)
                .findFirst();
        missing.ifPresent(role -> notes.add(
                new Note(kind.object(object), "There is no role %s on this server.".formatted(role), List.of(), true)));
        return missing.isPresent();
    }

    /** An owner or a privilege is no part of the routine by its path, and its name may lead to an overload. */
    private boolean isOfDroppedRoutine(ObjectKind kind, SchemaObject object) {
        return kind.target(object)
                .filter(target -> target.isRoutineOf(comparison.live()) && !target.isRoutineOf(goal))
                .isPresent();
    }

    /** Whether what it belongs to was there and is not part of the goal. */
    private boolean isOfDropped(ObjectKind kind, SchemaObject object) {
        Schema live = comparison.live();
        String relation = kind.relation(object);
        if (relation == null) {
            String routine = object.name(0);
            if (object.path().get(0).equals("types")) {
                return live.types().containsKey(routine) && !goal.types().containsKey(routine);
            }
            return object.path().get(0).equals("functions")
                    && live.routines().containsKey(routine)
                    && !goal.routines().containsKey(routine);
        }
        Table table = goal.tables().get(relation);
        if (table == null) {
            return (live.tables().containsKey(relation) || live.views().containsKey(relation))
                    && !goal.views().containsKey(relation);
        }
        List<String> path = object.path();
        return path.size() > 3
                && path.get(0).equals("tables")
                && (path.get(2).equals("columns") && lacks(table, path)
                        || path.get(2).equals("indexes")
                                && table.indexes().stream()
                                        .noneMatch(index -> index.name().equals(path.get(3))));
    }

    /** Whether it has no such column, or no identity of which this is something. */
    private static boolean lacks(Table table, List<String> path) {
        return table.column(path.get(3))
                .map(column -> path.size() > 4 && column.identity() == null)
                .orElse(true);
    }
}
