package io.schemajob.importer.load;

import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.sqlite.RowReader;
import io.schemajob.importer.sqlite.SourceRow;
import io.schemajob.report.cancel.CancellationToken;
import java.sql.Connection;
import java.sql.SQLException;

/** Goes through a source table from its first row to its last, always in the same order. */
final class TableScan {
    private TableScan() {}

    /** Takes the rows one by one. */
    interface Visitor {
        void row(SourceRow row) throws Exception;
    }

    /** @param batchSize rows that are read at once */
    static void run(Connection source, TablePlan table, int batchSize, CancellationToken cancellation, Visitor visitor)
            throws Exception {
        SourceRow[] batch = SourceRow.batch(batchSize, table.read().size());
        try (RowReader reader = open(source, table)) {
            for (int count = next(reader, source, table, batch);
                    count > 0;
                    count = next(reader, source, table, batch)) {
                cancellation.check();
                for (int i = 0; i < count; i++) {
                    visit(visitor, source, table, batch[i]);
                }
            }
        }
    }

    private static int next(RowReader reader, Connection source, TablePlan table, SourceRow[] batch)
            throws SQLException {
        try {
            return reader.next(batch);
        } catch (OutOfMemoryError e) {
            throw LargeRow.inFile(source, table, reader.last());
        }
    }

    private static void visit(Visitor visitor, Connection source, TablePlan table, SourceRow row) throws Exception {
        try {
            visitor.row(row);
        } catch (OutOfMemoryError e) {
            row.clear();
            throw LargeRow.inFile(source, table, row.rowId());
        }
        row.clear();
    }

    private static RowReader open(Connection source, TablePlan table) throws SQLException {
        return RowReader.open(source, table.source(), table.read());
    }
}
