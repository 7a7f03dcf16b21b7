package io.schemajob.importer.export;

import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.load.LargeRow;
import io.schemajob.importer.load.ProgressReporter;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.reverse.StoredSums;
import io.schemajob.importer.sqlite.Sqlite;
import io.schemajob.importer.sqlite.SqliteFailures;
import io.schemajob.report.cancel.CancellationToken;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.StringJoiner;

/**
 * Writes the rows of one table into a SQLite file, each value as the import would read it again, while the next ones are read
 * and converted.
 */
public final class TableExporter {
    private TableExporter() {}

    /**
     * Writes all rows; returns how many there were.
     *
     * @param ids those that were not kept
     * @param refused is told of rows that SQLite does not take
     * @param sums is given the values as they are meant to be stored
     */
    public static long write(
            Connection session,
            Connection sqlite,
            TablePlan table,
            OldIds ids,
            StoredSums sums,
            RefusedValues refused,
            ProgressReporter meter,
            CancellationToken cancellation)
            throws Exception {
        BitSet computed = computed(table);
        long rows = 0;
        TableRows source = new TableRows(session, table, ids, refused);
        try (PreparedStatement insert = sqlite.prepareStatement(insert(table, computed));
                ReadAhead<SourceValue[]> ahead = ReadAhead.start("schemajob-export-reader", source, cancellation)) {
            for (List<SourceValue[]> batch = ahead.next(); !batch.isEmpty(); batch = ahead.next()) {
                for (SourceValue[] row : batch) {
                    try {
                        bind(insert, row, computed);
                        sums.add(row);
                        insert(insert, table, row, refused);
                    } catch (OutOfMemoryError e) {
                        throw LargeRow.inDatabase(
                                "the row %s of %s".formatted(TableRows.key(table, row), table.name()));
                    }
                }
                // Its last row may be a large one.
                insert.clearParameters();
                rows += batch.size();
                meter.add(batch.size());
            }
        }
        return rows;
    }

    private static void bind(PreparedStatement insert, SourceValue[] row, BitSet computed) throws SQLException {
        int parameter = 1;
        for (int i = 0; i < row.length; i++) {
            if (!computed.get(i)) {
                Sqlite.bind(insert, parameter++, row[i]);
            }
        }
    }

    /** Columns that SQLite computes itself; the comparison afterwards tells whether it does so as the database has it. */
    private static BitSet computed(TablePlan table) {
        BitSet computed = new BitSet();
        for (int i = 0; i < table.read().size(); i++) {
            computed.set(
                    i, table.source().column(table.read().get(i)).orElseThrow().generated());
        }
        return computed;
    }

    private static void insert(PreparedStatement insert, TablePlan table, SourceValue[] row, RefusedValues refused)
            throws SQLException {
        try {
            insert.executeUpdate();
        } catch (SQLException e) {
            if (!SqliteFailures.isOfRow(e)) {
                throw e;
            }
            refused.add(
                    "%s: %s".formatted(table.source().name(), SqliteFailures.ownWords(e)), TableRows.key(table, row));
        }
    }

    private static String insert(TablePlan table, BitSet computed) {
        StringJoiner names = new StringJoiner(", ");
        StringJoiner marks = new StringJoiner(", ");
        for (int i = computed.nextClearBit(0); i < table.read().size(); i = computed.nextClearBit(i + 1)) {
            names.add(Sqlite.quote(table.read().get(i)));
            marks.add("?");
        }
        return "INSERT INTO %s (%s) VALUES (%s)"
                .formatted(Sqlite.quote(table.source().name()), names, marks);
    }
}
