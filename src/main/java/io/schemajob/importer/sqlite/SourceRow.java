package io.schemajob.importer.sqlite;

import io.schemajob.importer.convert.SourceValue;
import java.util.Arrays;

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
        Arrays.setAll(batch, i -> new SourceRow(columns));
        return batch;
    }

    /** The rowid; for tables without one, the place of the row in the table from 1. */
    public long rowId() {
        return rowId;
    }

    void rowId(long value) {
        this.rowId = value;
    }

    /** Lets its values go: a large one would stay until this place of the batch is read into again. */
    public void clear() {
        Arrays.fill(values, null);
    }

    public SourceValue[] values() {
        return values;
    }
}
