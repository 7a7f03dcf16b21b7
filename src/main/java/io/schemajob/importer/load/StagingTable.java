package io.schemajob.importer.load;

import io.schemajob.database.query.Identifiers;
import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.mapping.TargetColumn;
import io.schemajob.importer.sqlite.SourceRow;
import io.schemajob.report.cancel.CancellationToken;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.StringJoiner;

/**
 * A temporary copy of a table without its constraints and those of domains, in which every row can lie, so that the server itself can say
 * which ones would not fit the real one.
 *
 * @param number of the table in the plan; names the temporary one
 */
record StagingTable(TablePlan table, int number) {
    static final String ROW_ID = "schemajob_row_id";
    static final String BAD = "schemajob_bad";

    String name() {
        return "pg_temp.schemajob_stage_" + number;
    }

    void create(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(
                    "CREATE TEMPORARY TABLE schemajob_stage_%d (%s bigint, %s boolean, LIKE %s INCLUDING DEFAULTS INCLUDING GENERATED) ON COMMIT DROP"
                            .formatted(number, ROW_ID, BAD, table.target().sql()));
            for (TargetColumn column : table.target().columns()) {
                if (column.isDomain()) {
                    statement.execute("ALTER TABLE %s ALTER %s TYPE %s"
                            .formatted(name(), Identifiers.quote(column.name()), column.base()));
                }
                if (column.notNull()) {
                    statement.execute("ALTER TABLE %s ALTER %s DROP NOT NULL"
                            .formatted(name(), Identifiers.quote(column.name())));
                }
            }
        }
    }

    /** Copies every row; those with a value that does not fit are marked, and have NULL there. */
    void fill(
            Connection session, Connection source, int batchSize, RowFindings findings, CancellationToken cancellation)
            throws Exception {
        RowConverter converter = new RowConverter(table);
        String sql = "COPY %s (%s, %s, %s) FROM STDIN (FORMAT binary)".formatted(name(), ROW_ID, BAD, columns(table));
        new Pipeline(cancellation)
                .copy(
                        session,
                        sql,
                        pipeline -> {
                            BinaryRow.begin(pipeline.buffer());
                            TableScan.run(
                                    source,
                                    table,
                                    batchSize,
                                    cancellation,
                                    row -> put(pipeline.buffer(), converter, row, findings));
                            BinaryRow.end(pipeline.buffer());
                        },
                        rows -> {});
        try (Statement statement = session.createStatement()) {
            statement.execute("ANALYZE " + name());
        }
    }

    private void put(CopyBuffer out, RowConverter converter, SourceRow row, RowFindings findings) throws DirtyData {
        long before = findings.count();
        CanonicalValue[] values = converter.convert(
                row,
                (rowId, column, value, reason) -> findings.add(new RowFinding(
                        table.source().name(),
                        rowId,
                        column.sourceName() == null ? column.name() : column.sourceName(),
                        value.shown(),
                        reason)));
        out.putShort(converter.width() + 2);
        out.putInt(Long.BYTES);
        out.putLong(row.rowId());
        out.putInt(1);
        out.putByte(findings.count() > before ? 1 : 0);
        converter.put(out, values);
        out.endRow();
    }

    /** Moves what fits into the real table. */
    long moveAccepted(Connection session) throws SQLException {
        String columns = columns(table);
        try (Statement statement = session.createStatement()) {
            return statement.executeLargeUpdate(
                    "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s WHERE NOT %s"
                            .formatted(table.target().sql(), columns, columns, name(), BAD));
        }
    }

    static String columns(TablePlan table) {
        StringJoiner columns = new StringJoiner(", ");
        table.columns().forEach(column -> columns.add(Identifiers.quote(column.name())));
        return columns.toString();
    }
}
