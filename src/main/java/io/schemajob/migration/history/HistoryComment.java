package io.schemajob.migration.history;

import io.schemajob.database.query.DatabaseFailures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The comment of the history table, which holds what has to be remembered beside the history (docs/decisions/0007). People
 * may write there too; what is theirs stays.
 */
public final class HistoryComment {
    private final HistoryTable table;

    public HistoryComment(String schema) {
        this.table = new HistoryTable(schema);
    }

    /** The text; empty where there is none, or no history table. */
    public String read(Connection session) {
        String sql = "SELECT coalesce(obj_description(to_regclass(?), 'pg_class'), '')";
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setString(1, table.qualified());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The comment of " + table.qualified() + " could not be read", e);
        }
    }

    /** Replaces the whole text. */
    public void write(Connection connection, String comment) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // COMMENT takes no parameters.
            statement.execute("COMMENT ON TABLE %s IS %s"
                    .formatted(table.qualified(), comment.isEmpty() ? "NULL" : statement.enquoteLiteral(comment)));
        }
    }
}
