package io.schemajob.importer.export;

import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.convert.ConversionException;
import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.mapping.ColumnPlan;
import io.schemajob.importer.mapping.SourceColumn;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.reverse.OldMoment;
import io.schemajob.importer.sqlite.ValueProbe;
import io.schemajob.report.cancel.CancellationToken;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names, for a table whose file is not what the database is, the first value of each column that does not survive: SQLite keeps
 * another, or the mapping reads another. It goes through the rows once more, which only a refused export does.
 */
public record ChangedValues(Connection session, Connection sqlite, OldIds ids, CancellationToken cancellation) {
    /** Sentences without a full stop; none where no single value is to blame. */
    public List<String> find(TablePlan table) throws SQLException, IOException {
        List<ColumnPlan> columns = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (String name : table.read()) {
            SourceColumn source = table.source().column(name).orElseThrow();
            columns.add(TableRows.column(table, name));
            types.add(source.generated() ? null : source.declaredType());
        }
        RefusedValues found = new RefusedValues();
        Map<Integer, String> first = new TreeMap<>();
        long[] count = new long[columns.size()];
        try (TableRows rows = new TableRows(session, table, ids, found);
                ValueProbe probe = new ValueProbe(sqlite, types)) {
            for (TableRows.Row row = rows.row(); row != null; row = rows.row()) {
                cancellation.check();
                SourceValue[] stored = probe.stored(row.old());
                for (int i = 0; i < count.length; i++) {
                    String change = change(columns.get(i), row, i, stored[i]);
                    if (change != null && count[i]++ == 0) {
                        String key = TableRows.key(table, row.old());
                        first.put(i, (key.isEmpty() ? "" : " (" + key + ")") + ": " + change);
                    }
                }
            }
        }
        List<String> sentences = new ArrayList<>();
        first.forEach((i, change) -> sentences.add("%s.%s%s%s"
                .formatted(
                        table.name(),
                        columns.get(i).name(),
                        change,
                        count[i] == 1 ? "" : " (the first of %,d values)".formatted(count[i]))));
        return sentences;
    }

    /** Null if the value survives. */
    private static String change(ColumnPlan column, TableRows.Row row, int index, SourceValue stored) {
        CanonicalValue value = row.values()[index];
        if (TableRows.special(column, value) != null) {
            return null;
        }
        String shown = shown(column, value);
        SourceValue written = row.old()[index];
        if (!written.isSameAs(stored)) {
            return "%s would be written as %s, and SQLite keeps %s".formatted(shown, written.shown(), stored.shown());
        }
        try {
            CanonicalValue again = column.field().convert(written);
            return CanonicalValue.same(again, value)
                    ? null
                    : "%s would be written as %s, which the mapping reads as %s"
                            .formatted(shown, written.shown(), shown(column, again));
        } catch (ConversionException e) {
            return "%s would be written as %s, which the mapping does not read: it %s"
                    .formatted(shown, written.shown(), e.getMessage());
        }
    }

    private static String shown(ColumnPlan column, CanonicalValue value) {
        if (value == null) {
            return "NULL";
        }
        return switch (column.kind()) {
            case DATE, TIMESTAMP, TIMESTAMPTZ -> OldMoment.words(column.kind(), value.number());
            case BOOLEAN -> String.valueOf(value.number() == 1);
            case FLOAT4 -> String.valueOf(Float.intBitsToFloat((int) value.number()));
            case FLOAT8 -> String.valueOf(Double.longBitsToDouble(value.number()));
            case INT2, INT4, INT8, NUMERIC -> column.kind().text(value);
            default -> SourceValue.text(column.kind().text(value)).shown();
        };
    }
}
