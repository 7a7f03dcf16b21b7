package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.SchemaObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What is compared of partitions that no declaration lists, since they come and go. It is declared in a section of its own,
 * and is nothing once its partition has gone.
 */
public final class PartitionObjects {
    private static final String TABLES = "tables";
    private static final String SECTION = "partitions";

    private PartitionObjects() {}

    /**
     * The objects with those of partitions in their section.
     *
     * @param left which tables are not declared
     */
    public static SchemaObjects inSection(SchemaObjects objects, Predicate<String> left) {
        return mapped(
                objects,
                object -> object.path().get(0).equals(TABLES) && left.test(object.name(0))
                        ? moved(object, SECTION)
                        : object);
    }

    /** A declared object where a live schema has it. */
    static SchemaObject atTable(SchemaObject object) {
        return object.path().get(0).equals(SECTION) ? moved(object, TABLES) : object;
    }

    private static SchemaObjects mapped(SchemaObjects objects, UnaryOperator<SchemaObject> change) {
        if (Kinds.ALL.stream()
                .noneMatch(
                        kind -> kind.onPartitions() && !objects.of(kind.noun()).isEmpty())) {
            return objects;
        }
        List<SchemaObject> all = new ArrayList<>();
        objects.byKind().forEach((noun, ofKind) -> ofKind.values()
                .forEach(object -> all.add(Kinds.of(noun).onPartitions() ? change.apply(object) : object)));
        return SchemaObjects.of(objects.coverage(), all, objects.notHeld(), objects.server());
    }

    private static SchemaObject moved(SchemaObject object, String section) {
        List<String> path = new ArrayList<>(object.path());
        path.set(0, section);
        return new SchemaObject(object.kind(), path, object.values());
    }
}
