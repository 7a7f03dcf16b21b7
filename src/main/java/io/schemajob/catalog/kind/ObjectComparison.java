package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.SchemaObjects;
import io.schemajob.catalog.model.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The one place that says whether two objects of the described kinds are equal. */
public final class ObjectComparison {
    private final Schema declared;
    private final Schema live;

    public ObjectComparison(Schema declared, Schema live) {
        this.declared = declared;
        this.live = live;
    }

    /** The declaration, with those objects of the kinds that are compared, as the live server can have them. */
    public static Schema possible(Schema declared, Schema live) {
        SchemaObjects objects = declared.objects();
        List<SchemaObject> possible = new ArrayList<>();
        for (ObjectKind kind : Kinds.ALL) {
            if (!kind.onDemand() || objects.coverage().privileges()) {
                objects.of(kind.noun()).values().forEach(object -> kind.on(
                                live.objects().server().major(), object)
                        .map(PartitionObjects::atTable)
                        .map(one -> asIn(live, kind, one))
                        .ifPresent(possible::add));
            }
        }
        return declared.withObjects(
                SchemaObjects.of(objects.coverage(), possible, objects.notHeld(), objects.server()));
    }

    /** What says who owns something or may use it, of the object as the live schema has it. */
    private static SchemaObject asIn(Schema live, ObjectKind kind, SchemaObject object) {
        if (!kind.onDemand() || kind.target(object).isEmpty()) {
            return object;
        }
        AccessTarget target = kind.target(object).get();
        AccessTarget there = target.asIn(live);
        List<String> path = new ArrayList<>(object.path());
        path.set(1, there.text());
        return there.equals(target) ? object : new SchemaObject(object.kind(), path, object.values());
    }

    /** Whether the declaration says of this kind what there is, and with it what there is not. */
    public boolean covered(ObjectKind kind) {
        return kind.onDemand()
                ? declared.objects().coverage().privileges()
                : declared.objects().coverage().level() >= kind.since();
    }

    /** In what two objects differ, of that of which the declaration says something. */
    public List<Aspect> different(ObjectKind kind, SchemaObject expected, SchemaObject found) {
        return kind.aspects().stream()
                .filter(aspect -> known(kind, aspect, expected)
                        && !equal(
                                aspect,
                                expected.values().get(aspect.key()),
                                found.values().get(aspect.key())))
                .toList();
    }

    /** A declaration from before there was the aspect says nothing of it. */
    private boolean known(ObjectKind kind, Aspect aspect, SchemaObject expected) {
        return kind.onDemand()
                || aspect.since()
                        <= Math.max(kind.since(), declared.objects().coverage().level())
                || expected.values().containsKey(aspect.key());
    }

    /** Whether others may have set it to anything. */
    public boolean isOpen(ObjectKind kind, SchemaObject expected, Aspect aspect) {
        return declared.objects().coverage().openSettings()
                && kind.settings()
                && kind.undeclared() != Undeclared.DRIFT
                && !expected.values().containsKey(aspect.key());
    }

    private static boolean equal(Aspect aspect, Object expected, Object found) {
        return Objects.equals(expected, found)
                || aspect.form() == Aspect.Form.MAP && told(expected).equals(told(found));
    }

    /** What may be a secret is not compared. */
    private static Map<Object, Object> told(Object options) {
        Map<Object, Object> told = new HashMap<>(options == null ? Map.of() : (Map<?, ?>) options);
        told.values().remove(SettingsSql.HIDDEN);
        return told;
    }

    /**
     * Whether a side has what the object belongs to; if not, that is told, and the object goes with it.
     *
     * @param side one of the two
     */
    public boolean present(ObjectKind kind, SchemaObject object, Schema side) {
        Optional<AccessTarget> target = kind.target(object);
        if (target.isPresent()) {
            return target.get().in(side, side == live ? declared : live);
        }
        List<String> path = object.path();
        String relation = kind.relation(object);
        if (relation != null && !side.views().containsKey(relation)) {
            Table table = side.tables().get(relation);
            if (table == null) {
                boolean foreign = side.objects().of(ForeignTableKind.NOUN).containsKey(ForeignTableKind.path(relation));
                return foreign || relation.indexOf('.') > 0 || kind.onPartitions() && partitionOf(side, relation);
            }
            return path.size() < 3 || !path.get(0).equals("tables") || within(table, path);
        }
        return switch (path.get(0)) {
            case "functions" -> side.routines().containsKey(object.name(0));
            case "sequences" -> side.sequences().containsKey(object.name(0));
            case "foreign_tables" ->
                path.size() < 3
                        || side.objects().of(ForeignTableKind.NOUN).containsKey(ForeignTableKind.path(object.name(0)));
            case "types" -> path.size() > 2 || side.types().containsKey(object.name(0));
            default -> true;
        };
    }

    /** Whether the live schema has it as a partition of a table that this side has. */
    private boolean partitionOf(Schema side, String relation) {
        Table partition = live.tables().get(relation);
        while (partition != null && partition.partition() != null) {
            String parent = partition.partition().parent();
            if (side.table(parent) != null) {
                return true;
            }
            partition = live.table(parent);
        }
        return false;
    }

    private static boolean within(Table table, List<String> path) {
        String name = path.get(3);
        return switch (path.get(2)) {
            case "columns" ->
                table.column(name)
                        .map(column -> path.size() == 4 || isIdentity(column))
                        .orElse(false);
            case "indexes" ->
                table.indexes().stream().anyMatch(index -> index.name().equals(name));
            default -> true;
        };
    }

    private static boolean isIdentity(Column column) {
        return column.identity() != null;
    }

    /** The kinds that this declaration says nothing of, though the database has objects of them; with how many. */
    public Map<String, Integer> silent() {
        Map<String, Integer> kinds = new TreeMap<>();
        for (ObjectKind kind : Kinds.ALL) {
            int count = live.objects().of(kind.noun()).size();
            if (!covered(kind) && !kind.onDemand() && count > 0) {
                kinds.put(kind.settings() ? kind.noun() + " settings" : kind.noun(), count);
            }
        }
        return kinds;
    }
}
