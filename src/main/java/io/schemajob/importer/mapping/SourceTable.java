package io.schemajob.importer.mapping;

import java.util.List;
import java.util.Optional;

/**
 * A table of a SQLite file.
 *
 * @param name as it was declared
 * @param columns in their order
 * @param rowid a name by which the rowid can be read, or null for a table WITHOUT ROWID
 */
public record SourceTable(String name, List<SourceColumn> columns, String rowid) {
    /** SQLite's names ignore case. */
    public Optional<SourceColumn> column(String wanted) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(wanted))
                .findFirst();
    }
}
