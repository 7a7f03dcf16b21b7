package io.schemajob.catalog.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

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
 */
public record Schema(
        Map<String, Table> tables,
        Map<String, View> views,
        Map<String, Routine> routines,
        Map<String, Sequence> sequences,
        Map<String, UserType> types,
        Map<String, Extension> extensions) {

    public static final Schema EMPTY = new Schema(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    public Schema {
        tables = sorted(tables);
        views = sorted(views);
        routines = sorted(routines);
        sequences = sorted(sequences);
        types = sorted(types);
        extensions = sorted(extensions);
    }

    public boolean isEmpty() {
        return equals(EMPTY);
    }

    /** The same schema with other tables. */
    public Schema withTables(Map<String, Table> others) {
        return new Schema(others, views, routines, sequences, types, extensions);
    }

    private static <T> Map<String, T> sorted(Map<String, T> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }
}
