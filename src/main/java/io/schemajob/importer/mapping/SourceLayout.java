package io.schemajob.importer.mapping;

import java.util.Map;

/**
 * What a mapping can draw on in a SQLite file.
 *
 * @param tables tables and views, by lower-case name
 * @param queries of the mapping, by the target table whose rows they give
 * @param lookups of the mapping, read from the file
 * @param errors of SQLite, by the target table of a query or by lookup
 */
public record SourceLayout(
        Map<String, SourceTable> tables,
        Map<String, SourceTable> queries,
        Map<Lookup, Map<String, String>> lookups,
        Map<Object, String> errors) {
    /** For a mapping that has no queries and no lookups, or has no use for them. */
    public static SourceLayout of(Map<String, SourceTable> tables) {
        return new SourceLayout(tables, Map.of(), Map.of(), Map.of());
    }
}
