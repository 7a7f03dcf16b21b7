package io.schemajob.importer.mapping;

import java.util.Map;

/**
 * What a mapping can draw on in a SQLite file.
 *
 * @param name for messages
 * @param tables tables and views, by lower-case name
 * @param queries of the mapping, by the target table whose rows they give
 * @param lookups of the mapping, read from the file
 * @param errors of SQLite, by the target table of a query or by lookup
 */
public record SourceLayout(
        String name,
        Map<String, SourceTable> tables,
        Map<String, SourceTable> queries,
        Map<Lookup, Map<String, String>> lookups,
        Map<Object, String> errors) {
    /** What {@code layout:} says: queries and lookups have no use there. */
    public static SourceLayout of(Map<String, SourceTable> tables) {
        return new SourceLayout("layout: of the mapping", tables, Map.of(), Map.of(), Map.of());
    }
}
