package io.schemajob.importer.sqlite;

import io.schemajob.importer.mapping.SourceColumn;
import io.schemajob.importer.mapping.SourceTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads which tables and columns a SQLite file has. */
public final class SourceSchema {
    /** In {@code hidden} of {@code table_xinfo}: 2 is virtual, 3 is stored. */
    private static final int GENERATED = 2;

    private SourceSchema() {}

    /** All tables and views but SQLite's own, by lower-case name. */
    public static Map<String, SourceTable> read(Connection source) throws SQLException {
        Map<String, SourceTable> tables = new TreeMap<>();
        try (Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery("SELECT name, wr, type = 'view', strict FROM pragma_table_list"
                        + " WHERE schema = 'main' AND type IN ('table', 'virtual', 'view') ORDER BY name")) {
            while (row.next()) {
                String name = row.getString(1);
                if (!name.toLowerCase(Locale.ROOT).startsWith("sqlite_")) {
                    tables.put(
                            name.toLowerCase(Locale.ROOT),
                            table(source, name, row.getBoolean(2), row.getBoolean(3), row.getBoolean(4)));
                }
            }
        }
        return tables;
    }

    private static SourceTable table(Connection source, String name, boolean withoutRowid, boolean view, boolean strict)
            throws SQLException {
        List<SourceColumn> columns = new ArrayList<>();
        try (Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA table_xinfo(" + Sqlite.quote(name) + ")")) {
            while (row.next()) {
                boolean hidden = row.getInt("hidden") == 1;
                if (!hidden) {
                    // Only a STRICT table keeps ANY as it is; elsewhere it is a word like any other, and numeric.
                    String type = strict && row.getString("type").equalsIgnoreCase("ANY") ? "" : row.getString("type");
                    columns.add(new SourceColumn(
                            row.getString("name"),
                            type,
                            row.getBoolean("notnull"),
                            row.getInt("pk"),
                            row.getInt("hidden") >= GENERATED));
                }
            }
        }
        return new SourceTable(name, List.copyOf(columns), view || withoutRowid ? null : rowid(columns), null, view);
    }

    /** The first of SQLite's three names for it that no column has taken. */
    private static String rowid(List<SourceColumn> columns) {
        for (String name : List.of("rowid", "_rowid_", "oid")) {
            if (columns.stream().noneMatch(column -> column.name().equalsIgnoreCase(name))) {
                return name;
            }
        }
        return null;
    }

    /** The highest rowid that a table with AUTOINCREMENT ever had, by the table's name. */
    public static Map<String, Long> marks(Connection source) throws SQLException {
        Map<String, Long> marks = new HashMap<>();
        try (Statement statement = source.createStatement()) {
            try (ResultSet row = statement.executeQuery(
                    "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'sqlite_sequence'")) {
                row.next();
                if (row.getInt(1) == 0) {
                    return marks;
                }
            }
            try (ResultSet row = statement.executeQuery(
                    "SELECT name, max(seq) FROM sqlite_sequence WHERE typeof(seq) = 'integer' GROUP BY name")) {
                while (row.next()) {
                    marks.put(row.getString(1), row.getLong(2));
                }
            }
        }
        return marks;
    }

    /** The highest rowid that is there; 0 without rows. */
    public static long highestRowid(Connection source, SourceTable table) throws SQLException {
        try (Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT coalesce(max(%s), 0) FROM %s".formatted(table.rowid(), Sqlite.quote(table.name())))) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Rows of a table, counted by SQLite itself and not by reading them. */
    public static long count(Connection source, SourceTable table) throws SQLException {
        try (Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + RowReader.from(table))) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw SqliteFailures.ofReading(table, e);
        }
    }
}
