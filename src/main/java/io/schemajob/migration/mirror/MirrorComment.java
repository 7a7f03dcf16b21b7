package io.schemajob.migration.mirror;

import io.schemajob.migration.adopt.MigrationTool;
import io.schemajob.migration.history.HistoryComment;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Remembers in the comment of the history table which other tool's table is mirrored. The comment belongs to the
 * history, is dumped and restored with it, and means nothing to Flyway (docs/decisions/0007).
 */
public final class MirrorComment {
    private static final Pattern NOTE = Pattern.compile("\\s*\\[schemajob keeps ([a-z-]+) in step]");

    private final HistoryComment comment;

    public MirrorComment(String schema) {
        this.comment = new HistoryComment(schema);
    }

    /** The tool; empty where there is no note, or no history table. */
    public Optional<MigrationTool> read(Connection session) {
        return parse(comment.read(session));
    }

    /** Replaces the note and leaves the rest of the comment as it is; null removes it. */
    public void write(Connection connection, MigrationTool tool) throws SQLException {
        comment.write(connection, with(comment.read(connection), tool));
    }

    static Optional<MigrationTool> parse(String comment) {
        Matcher note = NOTE.matcher(comment);
        return note.find()
                ? Arrays.stream(MigrationTool.values())
                        .filter(tool -> tool.mirrored() && tool.id().equals(note.group(1)))
                        .findFirst()
                : Optional.empty();
    }

    static String with(String comment, MigrationTool tool) {
        String rest = NOTE.matcher(comment).replaceAll("");
        return tool == null ? rest : (rest + " [schemajob keeps " + tool.id() + " in step]").strip();
    }
}
