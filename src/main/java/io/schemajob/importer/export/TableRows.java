package io.schemajob.importer.export;

import io.schemajob.database.query.Identifiers;
import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.convert.Kind;
import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.mapping.ColumnPlan;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.reverse.OldValue;
import io.schemajob.importer.sqlite.Affinity;
import io.schemajob.importer.validate.CanonicalSql;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
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
    private final String table;

    /** One column on its way. */
    private record Column(ColumnPlan plan, OldValue back) {}

    /** @param ids those that were not kept */
    TableRows(Connection session, TablePlan table, OldIds ids) throws SQLException {
        this.ids = ids;
        this.table = table.name();
        StringJoiner list = new StringJoiner(", ");
        List<Kind> kinds = new ArrayList<>();
        for (String name : table.read()) {
            ColumnPlan plan = table.columns().stream()
                    .filter(column -> name.equals(column.sourceName()))
                    .findFirst()
                    .orElseThrow();
            String type = table.source().column(name).orElseThrow().declaredType();
            columns.add(new Column(plan, new OldValue(plan, Affinity.of(type))));
            kinds.add(plan.kind());
            list.add(CanonicalSql.of(plan.kind(), Identifiers.quote(plan.name())));
        }
        this.rows = new RowStream(
                session, "SELECT " + list + " FROM " + table.target().sql(), kinds);
    }

    @Override
    public List<SourceValue[]> next() throws SQLException, IOException {
        List<SourceValue[]> batch = new ArrayList<>();
        long full = rows.bytes() + MOST_BYTES;
        while (batch.size() < MOST_ROWS && rows.bytes() < full) {
            CanonicalValue[] row = rows.next();
            if (row == null) {
                return batch;
            }
            batch.add(values(row));
        }
        return batch;
    }

    private SourceValue[] values(CanonicalValue[] row) throws IOException {
        SourceValue[] values = new SourceValue[row.length];
        for (int i = 0; i < row.length; i++) {
            Column column = columns.get(i);
            requireFinite(column.plan(), row[i]);
            values[i] = column.plan().ids() == null || row[i] == null
                    ? column.back().of(row[i])
                    : column.back().ofId(ids.of(column.plan().ids(), row[i].bytes()));
        }
        return values;
    }

    /** SQLite has no such values: NaN would become NULL, and what it takes for a text would not be read as a number or a time. */
    private void requireFinite(ColumnPlan plan, CanonicalValue value) {
        if (value == null) {
            return;
        }
        String special =
                switch (plan.kind()) {
                    case DATE -> special(value.number(), Integer.MIN_VALUE, Integer.MAX_VALUE);
                    case TIMESTAMP, TIMESTAMPTZ -> special(value.number(), Long.MIN_VALUE, Long.MAX_VALUE);
                    case FLOAT4 -> Float.isNaN(Float.intBitsToFloat((int) value.number())) ? "NaN" : null;
                    case FLOAT8 -> Double.isNaN(Double.longBitsToDouble(value.number())) ? "NaN" : null;
                    case NUMERIC ->
                        value.bytes()[value.bytes().length - 1] > '9'
                                ? plan.kind().text(value)
                                : null;
                    default -> null;
                };
        if (special != null) {
            throw Failure.of(
                            ExitStatus.IMPORT_REJECTED,
                            "%s.%s is %s in a row, which SQLite does not have.".formatted(table, plan.name(), special))
                    .databaseState("Nothing was changed, and no file was left.")
                    .hint("Change such rows first: they have %s = '%s'."
                            .formatted(Identifiers.quote(plan.name()), special))
                    .asException();
        }
    }

    private static String special(long number, long lowest, long highest) {
        return number == lowest ? "-infinity" : number == highest ? "infinity" : null;
    }

    @Override
    public void close() throws SQLException {
        rows.close();
    }
}
