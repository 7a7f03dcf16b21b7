package io.schemajob.migration;

import io.schemajob.database.DatabaseFailures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Remembers in the comment of the history table which other tool's table is kept in step. The comment belongs to the
 * history, is dumped and restored with it, and means nothing to Flyway (docs/decisions/0007).
 */
final class KeepNote {
    private static final Pattern NOTE = Pattern.compile("\\s*\\[schemajob keeps ([a-z-]+) in step]");

    private final HistoryTable table;

    KeepNote(String schema) {
        this.table = new HistoryTable(schema);
    }

    /** The tool; empty where there is no note, or no history table. */
    Optional<ForeignTool> read(Connection session) {
        try {
            return parse(comment(session));
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The comment of " + table.qualified() + " could not be read", e);
        }
    }

    /** Replaces the note and leaves the rest of the comment as it is; null removes it. */
    void write(Connection worker, ForeignTool tool) throws SQLException {
        String comment = with(comment(worker), tool);
        try (Statement statement = worker.createStatement()) {
            // COMMENT takes no parameters.
            statement.execute("COMMENT ON TABLE %s IS %s"
                    .formatted(table.qualified(), comment.isEmpty() ? "NULL" : statement.enquoteLiteral(comment)));
        }
    }

    static Optional<ForeignTool> parse(String comment) {
        Matcher note = NOTE.matcher(comment);
        return note.find()
                ? Arrays.stream(ForeignTool.values())
                        .filter(tool -> tool.id().equals(note.group(1)))
                        .findFirst()
                : Optional.empty();
    }

    static String with(String comment, ForeignTool tool) {
        String rest = NOTE.matcher(comment).replaceAll("");
        return tool == null ? rest : (rest + " [schemajob keeps " + tool.id() + " in step]").strip();
    }

    private String comment(Connection session) throws SQLException {
        String sql = "SELECT coalesce(obj_description(to_regclass(?), 'pg_class'), '')";
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setString(1, table.qualified());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
