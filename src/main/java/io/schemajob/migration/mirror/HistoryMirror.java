package io.schemajob.migration.mirror;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Version;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.query.Identifiers;
import io.schemajob.migration.adopt.MigrationTool;
import io.schemajob.migration.adopt.ToolHistoryReader;
import io.schemajob.migration.session.MigrationSession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The history table of another tool that mirrors ours, so that {@code alembic current} and {@code migrate
 * version} go on telling the truth. It is written in the transaction of our own history row.
 *
 * @see MirrorComment how the choice is remembered
 */
public final class HistoryMirror {
    /** Null where none is kept. */
    private final MigrationTool tool;

    private final Bundle bundle;
    private final String schema;

    private HistoryMirror(MigrationTool tool, Bundle bundle, String schema) {
        this.tool = tool;
        this.bundle = bundle;
        this.schema = schema;
    }

    /** As it was chosen for this schema; a table that is gone is kept no longer. */
    public static HistoryMirror of(MigrationSession session) {
        MigrationTool noted = new MirrorComment(session.schema())
                .read(session.lockConnection())
                .filter(tool -> reader(session).record(tool).isPresent())
                .orElse(null);
        return new HistoryMirror(noted, session.bundle(), session.schema());
    }

    /** To be chosen from now on, or null to keep none. */
    public static HistoryMirror choose(MigrationTool tool, MigrationSession session) {
        return new HistoryMirror(tool, session.bundle(), session.schema());
    }

    private static ToolHistoryReader reader(MigrationSession session) {
        return new ToolHistoryReader(session.lockConnection(), session.schema());
    }

    /** Empty where no other tool is mirrored. */
    public Optional<MigrationTool> tool() {
        return Optional.ofNullable(tool);
    }

    /**
     * Writes that the schema is at a version now. In autocommit it makes a transaction of its own.
     *
     * @param version empty where nothing is applied any more
     */
    public void follow(Connection connection, Optional<Version> version) {
        if (tool == null) {
            return;
        }
        try {
            if (connection.getAutoCommit()) {
                writeAtOnce(connection, version);
            } else {
                write(connection, version);
            }
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected(
                    "The history of %s (table %s) could not be mirrored".formatted(tool.title(), tool.table()), e);
        }
    }

    private void writeAtOnce(Connection connection, Optional<Version> version) throws SQLException {
        connection.setAutoCommit(false);
        try {
            write(connection, version);
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private void write(Connection connection, Optional<Version> version) throws SQLException {
        String table = Identifiers.qualify(schema, tool.table());
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM " + table);
        }
        if (version.isEmpty()) {
            return;
        }
        String sql = "INSERT INTO %s (%s) VALUES (%s)".formatted(table, tool.columns(), tool.row());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tool.mirror(bundle, version.get()).orElseThrow());
            statement.executeUpdate();
        }
    }
}
