package io.schemajob.catalog.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Everything that one schema of a database holds, by name, in the order of the names, so that two of them can be
 * compared and written the same way every time.
 *
 * @param tables ordinary and partitioned tables and partitions
 * @param views plain and materialized views
 * @param routines functions and procedures, by {@link Routine#signature()}
 * @param sequences all but those behind identity columns
 * @param types enums, domains and composite types
 * @param extensions of the whole database, as an extension belongs to no schema
 * @param objects of all kinds that are described in one place each, see {@link SchemaObject}
 */
public record Schema(
        Map<String, Table> tables,
        Map<String, View> views,
        Map<String, Routine> routines,
        Map<String, Sequence> sequences,
        Map<String, UserType> types,
        Map<String, Extension> extensions,
        SchemaObjects objects) {

    public static final Schema EMPTY = new Schema(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    public Schema {
        tables = sorted(tables);
        views = sorted(views);
        routines = sorted(routines);
        sequences = sorted(sequences);
        types = sorted(types);
        extensions = sorted(extensions);
    }

    /** A schema without objects of the kinds that {@link SchemaObject} holds, declared as before these were. */
    public Schema(
            Map<String, Table> tables,
            Map<String, View> views,
            Map<String, Routine> routines,
            Map<String, Sequence> sequences,
            Map<String, UserType> types,
            Map<String, Extension> extensions) {
        this(tables, views, routines, sequences, types, extensions, SchemaObjects.NONE);
    }

    public boolean isEmpty() {
        return equals(EMPTY);
    }

    /** The same schema with other tables; what belongs to a table that is none of them goes with it. */
    public Schema withTables(Map<String, Table> others) {
        Schema changed = new Schema(others, views, routines, sequences, types, extensions, SchemaObjects.NONE);
        return changed.withObjects(objects.filtered(
                object -> !object.path().get(0).equals("tables") || others.containsKey(object.name(0))));
    }

    public Schema withObjects(SchemaObjects others) {
        return new Schema(tables, views, routines, sequences, types, extensions, others);
    }

    /** The same schema without these tables and the sequences that go with them. */
    public Schema withoutTables(Predicate<String> unwanted) {
        Map<String, Table> otherTables = new TreeMap<>(tables);
        otherTables.keySet().removeIf(unwanted);
        Map<String, Sequence> otherSequences = new TreeMap<>(sequences);
        otherSequences
                .values()
                .removeIf(sequence -> sequence.ownedBy() != null
                        && unwanted.test(sequence.ownedBy().split("\\.")[0]));
        SchemaObjects others = withTables(otherTables).objects();
        return new Schema(otherTables, views, routines, otherSequences, types, extensions, others);
    }

    private static <T> Map<String, T> sorted(Map<String, T> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }
}
