package io.schemajob.migration.history;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Remembers in the comment of the history table that a person has said: nothing of this bundle has run here, though the
 * schema is not empty. An empty history table alone does not say that, for somebody may have emptied it. Flyway itself
 * goes on from an empty table too.
 */
public final class StartNote {
    private static final String NOTE = "[schemajob begins at base]";

    private final HistoryComment comment;

    public StartNote(String schema) {
        this.comment = new HistoryComment(schema);
    }

    /** Whether it was said; false where there is no history table. */
    public boolean isThere(Connection session) {
        return comment.read(session).contains(NOTE);
    }

    /** Adds it to the comment, whose rest stays. */
    public void write(Connection connection) throws SQLException {
        String text = comment.read(connection);
        if (!text.contains(NOTE)) {
            comment.write(connection, (text + " " + NOTE).strip());
        }
    }
}
