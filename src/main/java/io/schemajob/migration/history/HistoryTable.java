package io.schemajob.migration.history;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Version;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.query.Identifiers;
import io.schemajob.database.query.SqlStates;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Blanks;
import io.schemajob.report.text.Untrusted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and creates Flyway's history table, so that a run with nothing to do need not start Flyway, and so that Flyway
 * never meets a schema with tables but no history, which it refuses.
 */
public final class HistoryTable {
    public static final String NAME = "flyway_schema_history";

    private final String schema;

    public HistoryTable(String schema) {
        this.schema = schema;
    }

    /**
     * Reads the whole history in one query.
     *
     * @param session in autocommit: a missing table is noticed by the error
     * @param bundle gives versions their spelling: Flyway records {@code 1_2} as {@code 1.2}
     */
    public History read(Connection session, Bundle bundle) {
        Map<Version, Version> spelling = new HashMap<>();
        bundle.migrations().forEach(migration -> spelling.put(migration.version(), migration.version()));
        String sql = "SELECT installed_rank, version, description, type, script, checksum, installed_by,"
                + " installed_on, execution_time, success FROM " + qualified() + " ORDER BY installed_rank";
        try (PreparedStatement statement = session.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            List<AppliedMigration> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(read(row, spelling));
            }
            return new History(true, List.copyOf(rows));
        } catch (SQLException e) {
            if (SqlStates.of(e).equals(SqlStates.UNDEFINED_TABLE)) {
                return History.none();
            } else if (SqlStates.of(e).equals(SqlStates.UNDEFINED_COLUMN)) {
                throw Failure.of(
                                ExitStatus.HISTORY_INVALID,
                                "%s is not the history of Flyway: %s"
                                        .formatted(qualified(), Untrusted.text(e.getMessage())))
                        .sqlState(SqlStates.UNDEFINED_COLUMN)
                        .databaseState("Nothing was changed.")
                        .hint("Rename what has this name, or use another schema.")
                        .asException(e);
            }
            SchemajobException failed = DatabaseFailures.unexpected(
                    "The history in " + qualified() + " could not be read", e, session, qualified());
            throw SqlStates.of(e).equals(SqlStates.INSUFFICIENT_PRIVILEGE)
                    ? failed.failure()
                            .hint("GRANT SELECT ON %s TO this user, and USAGE on its schema.".formatted(qualified()))
                            .asException(e)
                    : failed;
        }
    }

    private Version version(int rank, String text) {
        return Version.find(text).orElseThrow(() -> Failure.of(
                        ExitStatus.HISTORY_INVALID,
                        "Row %d of %s has the version \"%s\", which is no version: numbers with dots between them."
                                .formatted(rank, qualified(), Untrusted.text(Blanks.shown(text))))
                .hint(("Somebody else wrote that row. If no migration ran under that name: DELETE FROM %s WHERE"
                                + " installed_rank = %d;")
                        .formatted(qualified(), rank))
                .asException());
    }

    private AppliedMigration read(ResultSet row, Map<Version, Version> spelling) throws SQLException {
        Version version = row.getString(2) == null ? null : version(row.getInt(1), row.getString(2));
        int checksum = row.getInt(6);
        boolean noChecksum = row.wasNull();
        LocalDateTime installedOn = row.getObject(8, LocalDateTime.class);
        return new AppliedMigration(
                row.getInt(1),
                version == null ? null : spelling.getOrDefault(version, version),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                noChecksum ? null : checksum,
                row.getString(7),
                installedOn.toInstant(ZoneOffset.UTC),
                row.getInt(9),
                row.getBoolean(10));
    }

    /** Creates schema and table as Flyway would; does nothing if they are there. */
    public void create(Connection session) throws SQLException {
        createSchema(session);
        try (Statement statement = session.createStatement()) {
            if (exists(session, "SELECT 1 WHERE to_regclass(?) IS NOT NULL", qualified())) {
                return;
            }
            statement.execute(
                    """
                    BEGIN;
                    CREATE TABLE %1$s (
                        installed_rank integer NOT NULL CONSTRAINT flyway_schema_history_pk PRIMARY KEY,
                        version varchar(50),
                        description varchar(200) NOT NULL,
                        type varchar(20) NOT NULL,
                        script varchar(1000) NOT NULL,
                        checksum integer,
                        installed_by varchar(100) NOT NULL,
                        installed_on timestamp NOT NULL DEFAULT now(),
                        execution_time integer NOT NULL,
                        success boolean NOT NULL
                    );
                    CREATE INDEX flyway_schema_history_s_idx ON %1$s (success);
                    COMMIT"""
                            .formatted(qualified()));
        }
    }

    /** IF NOT EXISTS would ask for the privilege to create schemas even where there is nothing to create. */
    public void createSchema(Connection session) throws SQLException {
        if (!exists(session, "SELECT 1 FROM pg_namespace WHERE nspname = ?", schema)) {
            try (Statement statement = session.createStatement()) {
                statement.execute("CREATE SCHEMA " + Identifiers.quote(schema));
            }
        }
    }

    private static boolean exists(Connection session, String sql, String name) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    public String qualified() {
        return Identifiers.qualify(schema, NAME);
    }
}
