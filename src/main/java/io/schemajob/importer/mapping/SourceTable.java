package io.schemajob.importer.mapping;

import java.util.List;
import java.util.Optional;

/**
 * A table of a SQLite file, or what is read like one.
 *
 * @param name as it was declared
 * @param columns in their order
 * @param rowid a name by which the rowid can be read, or null for a table WITHOUT ROWID
 * @param query a SELECT whose rows these are, or null
 * @param derived whether it is a view or a query, into which nothing can be written back
 */
public record SourceTable(String name, List<SourceColumn> columns, String rowid, String query, boolean derived) {
    /** A table. */
    public SourceTable(String name, List<SourceColumn> columns, String rowid) {
        this(name, columns, rowid, null, false);
    }

    /** SQLite's names ignore case. */
    public Optional<SourceColumn> column(String wanted) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(wanted))
                .findFirst();
    }
}
