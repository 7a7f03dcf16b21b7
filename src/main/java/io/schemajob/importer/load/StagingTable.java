package io.schemajob.importer.load;

import io.schemajob.database.query.Identifiers;
import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.sqlite.SourceRow;
import io.schemajob.importer.target.TargetColumn;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * A temporary copy of a table without its constraints and those of domains, in which every row can lie, so that the server itself can say
 * which ones would not fit the real one.
 *
 * @param number of the table in the plan; names the temporary one
 */
record StagingTable(TablePlan table, int number) {
    static final String ROW_ID = "schemajob_row_id";
    static final String BAD = "schemajob_bad";

    /** A bit a column: whether its value did not fit, and is NULL here. NULL where all fit. */
    static final String UNFIT = "schemajob_unfit";

    String name() {
        return "pg_temp.schemajob_stage_" + number;
    }

    void create(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(
                    "CREATE TEMPORARY TABLE schemajob_stage_%d (%s bigint, %s boolean, %s varbit, LIKE %s INCLUDING DEFAULTS) ON COMMIT DROP"
                            .formatted(
                                    number, ROW_ID, BAD, UNFIT, table.target().sql()));
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

    /** Copies every row, without what the server computes; those with a value that does not fit are marked, and have NULL there. */
    void fill(LoadContext context, RowFindings findings, ProgressReporter meter) throws Exception {
        RowConverter converter = new RowConverter(table);
        String sql = "COPY %s (%s, %s, %s, %s) FROM STDIN (FORMAT binary)"
                .formatted(name(), ROW_ID, BAD, UNFIT, columns(table));
        new Pipeline(context.cancellation())
                .copy(
                        context.session(),
                        sql,
                        pipeline -> {
                            BinaryRow.begin(pipeline.buffer());
                            TableScan.run(
                                    context.source(),
                                    table,
                                    context.batchSize(),
                                    context.cancellation(),
                                    row -> put(pipeline.buffer(), converter, row, findings));
                            BinaryRow.end(pipeline.buffer());
                        },
                        meter::add);
    }

    void analyze(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("ANALYZE " + name());
        }
    }

    private void put(CopyBuffer out, RowConverter converter, SourceRow row, RowFindings findings) throws DirtyData {
        BitSet unfit = new BitSet();
        CanonicalValue[] values = converter.convert(row, (rowId, column, value, reason) -> {
            unfit.set(table.index(column.name()));
            findings.add(
                    new RowFinding(
                            table.source().name(),
                            rowId,
                            "",
                            column.sourceName() == null ? column.name() : column.sourceName(),
                            value.shown(),
                            reason.getMessage()),
                    reason.kind());
        });
        out.putShort(converter.width() + 3);
        out.putInt(Long.BYTES);
        out.putLong(row.rowId());
        out.putInt(1);
        out.putByte(unfit.isEmpty() ? 0 : 1);
        BinaryRow.bits(out, unfit, converter.width());
        converter.put(out, values);
        out.endRow();
    }

    /**
     * The condition that a row has what it has in these columns, and not NULL for what did not fit.
     *
     * @param columns of the target
     */
    String fits(List<String> columns, String prefix) {
        List<Integer> loaded = columns.stream().map(table::index).toList();
        String good = "NOT " + prefix + BAD;
        if (loaded.contains(-1)) {
            // One that is not loaded may be computed from others.
            return good;
        }
        return loaded.stream()
                .map(index -> "get_bit(%s%s, %d) = 0".formatted(prefix, UNFIT, index))
                .collect(Collectors.joining(" AND ", "(" + prefix + UNFIT + " IS NULL OR ", ")"));
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
