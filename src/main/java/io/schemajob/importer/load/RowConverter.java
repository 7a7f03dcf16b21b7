package io.schemajob.importer.load;

import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.convert.ConversionException;
import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.mapping.ColumnPlan;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.sqlite.SourceRow;

/** Converts rows. It keeps none of them: one may be as large as half of the memory. */
final class RowConverter {
    private final ColumnPlan[] columns;

    RowConverter(TablePlan table) {
        this.columns = table.columns().toArray(ColumnPlan[]::new);
    }

    /** Is told of every value that does not fit. */
    interface Complaints {
        void unfit(long rowId, ColumnPlan column, SourceValue value, ConversionException reason) throws DirtyData;
    }

    /** The row; where a value did not fit and the complaint was accepted, it is null there. */
    CanonicalValue[] convert(SourceRow source, Complaints complaints) throws DirtyData {
        SourceValue[] values = source.values();
        CanonicalValue[] row = new CanonicalValue[columns.length];
        for (int i = 0; i < columns.length; i++) {
            ColumnPlan column = columns[i];
            SourceValue value = column.of(values);
            try {
                row[i] = column.field().convert(value);
            } catch (ConversionException e) {
                complaints.unfit(source.rowId(), column, value, e);
            }
        }
        return row;
    }

    void put(CopyBuffer out, CanonicalValue[] values) {
        for (int i = 0; i < columns.length; i++) {
            BinaryRow.field(out, columns[i].kind(), values[i]);
        }
    }

    int width() {
        return columns.length;
    }
}
