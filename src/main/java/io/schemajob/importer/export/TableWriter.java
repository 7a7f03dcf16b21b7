package io.schemajob.importer.export;

import io.schemajob.database.Identifiers;
import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.mapping.ColumnPlan;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.sqlite.Sqlite;
import io.schemajob.importer.validate.TextSql;
import io.schemajob.report.Interruption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Writes the rows of one table into a SQLite file, each value as the import would read it again. */
public final class TableWriter {
    private static final int FETCH = 1000;

    private TableWriter() {}

    /** Returns the number of rows. */
    public static long write(
            Connection session, Connection sqlite, TablePlan table, Path idMap, Interruption interruption)
            throws SQLException {
        List<ColumnPlan> columns = new ArrayList<>();
        for (String name : table.read()) {
            columns.add(table.columns().stream()
                    .filter(column -> name.equals(column.sourceName()))
                    .findFirst()
                    .orElseThrow());
        }
        long rows = 0;
        try (Statement drop = sqlite.createStatement()) {
            drop.execute("DROP TABLE IF EXISTS temp.schemajob_ids");
        }
        try (OldIds ids = OldIds.load(sqlite, idMap);
                Statement statement = session.createStatement();
                PreparedStatement insert = sqlite.prepareStatement(insert(table))) {
            statement.setFetchSize(FETCH);
            try (ResultSet row = statement.executeQuery(select(table, columns))) {
                while (row.next()) {
                    for (int i = 0; i < columns.size(); i++) {
                        bind(insert, i + 1, value(ids, columns.get(i), row.getString(i + 1)));
                    }
                    insert.executeUpdate();
                    if (++rows % FETCH == 0) {
                        interruption.check();
                    }
                }
            }
        }
        return rows;
    }

    private static SourceValue value(OldIds ids, ColumnPlan column, String text) throws SQLException {
        return column.ids() == null || text == null ? OldValue.of(column, text) : ids.of(column.ids(), text);
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

    private static String select(TablePlan table, List<ColumnPlan> columns) {
        StringJoiner list = new StringJoiner(", ");
        columns.forEach(column -> list.add(TextSql.of(column.kind(), Identifiers.quote(column.name()))));
        return "SELECT " + list + " FROM " + table.target().sql();
    }
}
