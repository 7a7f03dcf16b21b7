package io.schemajob.importer.sqlite;

import io.schemajob.importer.convert.SourceValue;

/** A row that was read, in an array that is used again and again: millions pass through it. */
public final class SourceRow {
    private final SourceValue[] values;
    private long rowId;

    public SourceRow(int columns) {
        this.values = new SourceValue[columns];
    }

    /** Rows to read into. */
    public static SourceRow[] batch(int rows, int columns) {
        SourceRow[] batch = new SourceRow[rows];
        java.util.Arrays.setAll(batch, i -> new SourceRow(columns));
        return batch;
    }

    /** The rowid; for tables without one, the place of the row in the table from 1. */
    public long rowId() {
        return rowId;
    }

    void rowId(long value) {
        this.rowId = value;
    }

    public SourceValue[] values() {
        return values;
    }
}
