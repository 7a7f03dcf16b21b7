package io.schemajob.importer.load;

import io.schemajob.database.query.Identifiers;
import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.sqlite.SourceRow;
import io.schemajob.importer.target.TargetColumn;
import java.sql.Connection;
import java.sql.ResultSet;
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
                        out -> {
                            BinaryRow.begin(out);
                            TableScan.run(
                                    context.source(),
                                    table,
                                    context.batchSize(),
                                    context.cancellation(),
                                    row -> put(out, converter, row, findings));
                            BinaryRow.end(out);
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
        if (columns.stream().anyMatch(this::isComputed)) {
            return "NOT " + prefix + BAD;
        }
        return columns.stream()
                .map(table::index)
                .filter(index -> index >= 0)
                .map(index -> " AND get_bit(%s%s, %d) = 0".formatted(prefix, UNFIT, index))
                .collect(Collectors.joining("", "(" + prefix + UNFIT + " IS NULL OR true", ")"));
    }

    /** Whether these columns have the values that they will have in the real table. */
    boolean isKnown(List<String> columns) {
        return columns.stream().allMatch(column -> table.index(column) >= 0 || isComputed(column));
    }

    /** Whether the server makes it of others, of any. */
    private boolean isComputed(String column) {
        return table.index(column) < 0
                && table.target().column(column).map(TargetColumn::generated).orElse(false);
    }

    /** A value of one row, for messages. */
    String value(Connection session, long rowId, String column) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT %s FROM %s WHERE %s = %d"
                        .formatted(Identifiers.quote(column), name(), ROW_ID, rowId))) {
            Object value = row.next() ? row.getObject(1) : null;
            return value == null || value instanceof Number || value instanceof Boolean
                    ? String.valueOf(value).replace("null", "NULL")
                    : SourceValue.text(row.getString(1)).shown();
        }
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
