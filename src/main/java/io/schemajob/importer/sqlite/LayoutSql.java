package io.schemajob.importer.sqlite;

import io.schemajob.importer.mapping.SourceTable;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** The {@code CREATE TABLE} statements of a mapping's {@code layout:}. */
public final class LayoutSql {
    private LayoutSql() {}

    /** Makes the tables in a file; the caller commits. */
    public static void create(Connection sqlite, String layout) throws SQLException {
        for (String sql : layout.split(";\\s*(\\n|$)")) {
            try (Statement statement = sqlite.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw Failure.of(
                                ExitStatus.CONFIG,
                                "The layout of the mapping cannot be made: %s.".formatted(e.getMessage()))
                        .databaseState("Nothing was changed.")
                        .hint(
                                "Correct layout: in import.yaml; it holds the CREATE TABLE statements of the SQLite file.")
                        .asException(e);
            }
        }
    }

    /** The tables that it makes, by lower-case name. */
    public static Map<String, SourceTable> tables(String layout) throws SQLException {
        try (Connection memory = Sqlite.openMemory()) {
            create(memory, layout);
            return SourceSchema.read(memory);
        }
    }
}
