package io.schemajob.importer.mapping;

import io.schemajob.importer.target.TargetTable;
import java.util.List;

/**
 * A table that will be loaded.
 *
 * @param read names of the source columns, in the order in which they are read
 * @param columns in the order in which they are loaded
 */
public record TablePlan(
        SourceTable source, TargetTable target, List<String> read, List<ColumnPlan> columns, Orphans orphans) {
    public String name() {
        return target.name();
    }

    /** Indexes into {@link #columns} of the primary key; empty unless all of it is loaded. */
    public List<Integer> key() {
        List<Integer> key = target.primaryKey().stream().map(this::index).toList();
        return key.contains(-1) ? List.of() : key;
    }

    /** The index of the column that holds the table's own ids, or -1. */
    public int idColumn() {
        if (key().size() != 1) {
            return -1;
        }
        int key = key().get(0);
        return source.name().equals(columns.get(key).ids()) ? key : -1;
    }

    /** The index of a target column, or -1 if it is not loaded. */
    public int index(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        return -1;
    }
}
