package io.schemajob.importer.export;

import io.schemajob.database.query.Identifiers;
import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.convert.Kind;
import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.load.LargeRow;
import io.schemajob.importer.mapping.ColumnPlan;
import io.schemajob.importer.mapping.SourceColumn;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.reverse.OldValue;
import io.schemajob.importer.sqlite.Affinity;
import io.schemajob.importer.validate.CanonicalSql;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** The rows of one table as the old application will read them. */
final class TableRows implements ReadAhead.Source<SourceValue[]> {
    private static final int MOST_ROWS = 500;
    private static final int MOST_BYTES = 1 << 20;

    private final List<Column> columns = new ArrayList<>();
    private final OldIds ids;
    private final RowStream rows;
    private final TablePlan table;
    private final RefusedValues refused;

    /** One column on its way. */
    private record Column(ColumnPlan plan, OldValue back) {}

    /**
     * Begins.
     *
     * @param ids those that were not kept
     * @param refused is told of values that SQLite does not have, which are NULL here
     */
    TableRows(Connection session, TablePlan table, OldIds ids, RefusedValues refused) throws SQLException {
        this.ids = ids;
        this.table = table;
        this.refused = refused;
        StringJoiner list = new StringJoiner(", ");
        List<Kind> kinds = new ArrayList<>();
        for (String name : table.read()) {
            ColumnPlan plan = column(table, name);
            String type = table.source().column(name).orElseThrow().declaredType();
            columns.add(new Column(plan, new OldValue(plan, Affinity.of(type))));
            kinds.add(plan.kind());
            list.add(CanonicalSql.of(plan.kind(), Identifiers.quote(plan.name())));
        }
        this.rows = new RowStream(
                session, "SELECT " + list + " FROM " + table.target().sql(), kinds);
    }

    /** The column of the target that is written into this one. */
    static ColumnPlan column(TablePlan table, String name) {
        return table.columns().stream()
                .filter(column -> name.equals(column.sourceName()))
                .findFirst()
                .orElseThrow();
    }

    /**
     * A row.
     *
     * @param values as the database has them
     * @param old as they are to be written
     */
    record Row(CanonicalValue[] values, SourceValue[] old) {}

    /** The next row; null at the end. */
    Row row() throws SQLException, IOException {
        try {
            CanonicalValue[] row = rows.next();
            return row == null ? null : new Row(row, values(row));
        } catch (OutOfMemoryError e) {
            throw LargeRow.inDatabase("a row of " + table.name());
        }
    }

    @Override
    public long bytes() {
        return rows.bytes();
    }

    @Override
    public List<SourceValue[]> next() throws SQLException, IOException {
        List<SourceValue[]> batch = new ArrayList<>();
        long full = rows.bytes() + MOST_BYTES;
        while (batch.size() < MOST_ROWS && rows.bytes() < full) {
            Row row = row();
            if (row == null) {
                return batch;
            }
            batch.add(row.old());
        }
        return batch;
    }

    private SourceValue[] values(CanonicalValue[] row) throws IOException {
        SourceValue[] values = new SourceValue[row.length];
        for (int i = 0; i < row.length; i++) {
            Column column = columns.get(i);
            CanonicalValue value = special(column.plan(), row[i]) == null ? row[i] : null;
            values[i] = column.plan().ids() == null || value == null
                    ? column.back().of(value)
                    : column.back().ofId(ids.of(column.plan().ids(), value.bytes()));
        }
        for (int i = 0; i < row.length; i++) {
            ColumnPlan plan = columns.get(i).plan();
            String special = special(plan, row[i]);
            if (special != null) {
                refused.add(
                        "%s.%s is %s, which SQLite does not have".formatted(table.name(), plan.name(), special),
                        key(table, values));
            }
        }
        return values;
    }

    /** The row, by SQLite's key; empty without one. */
    static String key(TablePlan table, SourceValue[] values) {
        StringJoiner key = new StringJoiner(", ");
        for (SourceColumn column : table.source().columns()) {
            int index = table.read().indexOf(column.name());
            if (column.keyPosition() > 0 && index >= 0) {
                key.add(column.name() + " " + values[index].shown());
            }
        }
        return key.toString();
    }

    /**
     * The word for a value that SQLite does not have, or null: NaN would become NULL there, and what it takes for a text would not be
     * read as a number or a time.
     */
    static String special(ColumnPlan plan, CanonicalValue value) {
        if (value == null) {
            return null;
        }
        return switch (plan.kind()) {
            case DATE -> special(value.number(), Integer.MIN_VALUE, Integer.MAX_VALUE);
            case TIMESTAMP, TIMESTAMPTZ -> special(value.number(), Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT4 -> Float.isNaN(Float.intBitsToFloat((int) value.number())) ? "NaN" : null;
            case FLOAT8 -> Double.isNaN(Double.longBitsToDouble(value.number())) ? "NaN" : null;
            case NUMERIC ->
                value.bytes()[value.bytes().length - 1] > '9' ? plan.kind().text(value) : null;
            default -> null;
        };
    }

    private static String special(long number, long lowest, long highest) {
        return number == lowest ? "-infinity" : number == highest ? "infinity" : null;
    }

    @Override
    public void close() throws SQLException {
        rows.close();
    }
}
