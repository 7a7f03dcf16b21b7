package io.schemajob.importer.sqlite;

import io.schemajob.importer.mapping.SourceTable;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.log.Heartbeat;
import io.schemajob.report.log.Log;
import io.schemajob.report.text.Untrusted;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The statements of a mapping's {@code layout:}. Indexes, triggers and views are made when the rows are there: to keep an index
 * while rows are added takes several times as long as to sort them once, and a trigger would change what is written.
 *
 * @param sources the tables and views that it makes, by lower-case name
 */
public record LayoutSql(List<String> tables, List<Later> others, Map<String, SourceTable> sources) {
    private static final String STATEMENTS =
            """
            SELECT m.sql, m.type = 'table', m.type || ' ' || m.name FROM sqlite_master m
            WHERE m.sql IS NOT NULL AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
              AND m.name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')
            ORDER BY m.rowid
            """;

    /**
     * What is made when the rows are there.
     *
     * @param name with its kind: {@code index a}
     */
    public record Later(String name, String sql) {}

    /** Takes it apart, which SQLite itself does best. */
    public static LayoutSql of(String layout) throws SQLException {
        List<String> tables = new ArrayList<>();
        List<Later> others = new ArrayList<>();
        try (Connection memory = Sqlite.openMemory()) {
            execute(memory, layout);
            try (Statement statement = memory.createStatement();
                    ResultSet row = statement.executeQuery(STATEMENTS)) {
                while (row.next()) {
                    if (row.getBoolean(2)) {
                        tables.add(row.getString(1));
                    } else {
                        others.add(new Later(row.getString(3), row.getString(1)));
                    }
                }
            }
            return new LayoutSql(List.copyOf(tables), List.copyOf(others), SourceSchema.read(memory));
        }
    }

    /** The statements that make the tables, indexes, views and triggers of a file, for a mapping. */
    public static String text(Connection source) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery(STATEMENTS)) {
            while (row.next()) {
                String sql = row.getString(1).replace("\r", "").strip();
                boolean comment = sql.substring(sql.lastIndexOf('\n') + 1).contains("--");
                text.append(sql).append(comment ? "\n;\n" : ";\n");
            }
        }
        return text.toString();
    }

    /** Makes tables in a file; the caller commits. */
    public void createTables(Connection sqlite) throws SQLException {
        try (Statement statement = sqlite.createStatement()) {
            for (String sql : tables) {
                statement.execute(sql);
            }
        }
    }

    /** Makes the rest; returns what the rows do not allow to be made, in sentences without a full stop. */
    public List<String> createOthers(Connection sqlite, Log log) throws SQLException {
        List<String> refused = new ArrayList<>();
        int done = 0;
        try (Statement statement = sqlite.createStatement()) {
            for (Later later : others) {
                String what = "Making %s (%d of %d)".formatted(Untrusted.text(later.name()), ++done, others.size());
                try (Heartbeat heartbeat = Heartbeat.begin(log, what)) {
                    statement.execute(later.sql());
                } catch (SQLException e) {
                    if (!SqliteFailures.isOfRow(e)) {
                        throw e;
                    }
                    refused.add("%s: %s".formatted(Untrusted.text(later.name()), SqliteFailures.ownWords(e)));
                }
            }
        }
        return refused;
    }

    private static void execute(Connection sqlite, String layout) {
        try (Statement statement = sqlite.createStatement()) {
            // The one call of the driver that takes several statements.
            statement.executeUpdate(layout);
        } catch (SQLException e) {
            throw Failure.of(
                            ExitStatus.CONFIG,
                            "The layout of the mapping cannot be made: %s.".formatted(e.getMessage()))
                    .databaseState("Nothing was changed.")
                    .hint("Correct layout: in import.yaml; it holds the CREATE TABLE statements of the SQLite file.")
                    .asException(e);
        }
    }
}
