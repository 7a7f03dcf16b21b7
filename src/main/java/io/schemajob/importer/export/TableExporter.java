package io.schemajob.importer.export;

import io.schemajob.database.query.Identifiers;
import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.load.ProgressReporter;
import io.schemajob.importer.mapping.ColumnPlan;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.reverse.OldValue;
import io.schemajob.importer.reverse.StoredSums;
import io.schemajob.importer.sqlite.Affinity;
import io.schemajob.importer.sqlite.Sqlite;
import io.schemajob.importer.validate.TextSql;
import io.schemajob.report.cancel.CancellationToken;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Writes the rows of one table into a SQLite file, each value as the import would read it again. */
public final class TableExporter {
    private static final int FETCH = 1000;

    private TableExporter() {}

    /** One column on its way. */
    private record Column(ColumnPlan plan, OldValue back) {}

    /**
     * Returns the number of rows.
     *
     * @param ids those that were not kept
     * @param sums is given the values as they are meant to be stored
     */
    public static long write(
            Connection session,
            Connection sqlite,
            TablePlan table,
            OldIds ids,
            StoredSums sums,
            ProgressReporter meter,
            CancellationToken cancellation)
            throws SQLException {
        List<Column> columns = columns(table);
        SourceValue[] values = new SourceValue[columns.size()];
        long rows = 0;
        try (Statement statement = session.createStatement();
                PreparedStatement insert = sqlite.prepareStatement(insert(table))) {
            statement.setFetchSize(FETCH);
            try (ResultSet row = statement.executeQuery(select(table, columns))) {
                while (row.next()) {
                    for (int i = 0; i < columns.size(); i++) {
                        values[i] = value(ids, columns.get(i), row.getString(i + 1));
                        bind(insert, i + 1, values[i]);
                    }
                    sums.add(values);
                    insert.executeUpdate();
                    if (++rows % FETCH == 0) {
                        cancellation.check();
                        meter.add(FETCH);
                    }
                }
            }
        }
        return rows;
    }

    private static List<Column> columns(TablePlan table) {
        List<Column> columns = new ArrayList<>();
        for (String name : table.read()) {
            ColumnPlan plan = table.columns().stream()
                    .filter(column -> name.equals(column.sourceName()))
                    .findFirst()
                    .orElseThrow();
            String type = table.source().column(name).orElseThrow().declaredType();
            columns.add(new Column(plan, new OldValue(plan, Affinity.of(type))));
        }
        return columns;
    }

    private static SourceValue value(OldIds ids, Column column, String text) throws SQLException {
        return column.plan().ids() == null || text == null
                ? column.back().of(text)
                : ids.of(column.plan().ids(), text);
    }

    private static void bind(PreparedStatement insert, int index, SourceValue value) throws SQLException {
        switch (value.type()) {
            case NULL -> insert.setNull(index, java.sql.Types.NULL);
            case INTEGER -> insert.setLong(index, value.integer());
            case REAL -> insert.setDouble(index, value.real());
            case TEXT -> insert.setString(index, value.string());
            case BLOB -> insert.setBytes(index, value.bytes());
        }
    }

    private static String insert(TablePlan table) {
        StringJoiner names = new StringJoiner(", ");
        StringJoiner marks = new StringJoiner(", ");
        for (String name : table.read()) {
            names.add(Sqlite.quote(name));
            marks.add("?");
        }
        return "INSERT INTO %s (%s) VALUES (%s)"
                .formatted(Sqlite.quote(table.source().name()), names, marks);
    }

    private static String select(TablePlan table, List<Column> columns) {
        StringJoiner list = new StringJoiner(", ");
        columns.forEach(column -> list.add(
                TextSql.of(column.plan().kind(), Identifiers.quote(column.plan().name()))));
        return "SELECT " + list + " FROM " + table.target().sql();
    }
}
