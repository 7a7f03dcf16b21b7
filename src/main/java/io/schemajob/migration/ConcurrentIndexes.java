package io.schemajob.migration;

import io.schemajob.bundle.ConcurrentIndex;
import io.schemajob.bundle.Statement;
import io.schemajob.database.DatabaseFailures;
import io.schemajob.database.Identifiers;
import io.schemajob.report.Log;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Makes statements that work on an index concurrently safe to repeat. They cannot run in a transaction, so a killed run
 * leaves either an invalid index, which {@code IF NOT EXISTS} would take for a good one (flyway#3682), or a finished one
 * without its history row.
 */
final class ConcurrentIndexes {
    private final String schema;
    private final Log log;

    ConcurrentIndexes(String schema, Log log) {
        this.schema = schema;
        this.log = log;
    }

    /**
     * Clears the way for a statement that cannot run in a transaction, on a session in autocommit.
     *
     * <p>The session's lock timeout is lifted: these statements wait by design, for old transactions, and meanwhile
     * nobody waits for them.
     *
     * @return whether the statement still has to run
     */
    boolean prepare(Connection session, Statement statement) {
        try {
            execute(session, "SET lock_timeout = 0");
            Optional<ConcurrentIndex> index = ConcurrentIndex.of(statement);
            return index.isEmpty() || index.get().index() == null || prepare(session, index.get());
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The state of an index could not be read", e);
        }
    }

    private boolean prepare(Connection session, ConcurrentIndex index) throws SQLException {
        String owner = index.index().schema() == null ? schema : index.index().schema();
        String name = index.index().name();
        Found found = find(session, owner, name);
        return switch (index.action()) {
            case CREATE -> prepareCreate(session, index, owner, found);
            case DROP -> {
                if (found == null && !index.conditional()) {
                    log.warn("Index %s is gone already, left so by an interrupted run; nothing to drop."
                            .formatted(index.index().name()));
                    yield false;
                }
                yield true;
            }
            case REINDEX -> true;
        };
    }

    private boolean prepareCreate(Connection session, ConcurrentIndex index, String owner, Found found)
            throws SQLException {
        if (found == null || !found.table().equals(index.table().name())) {
            return true;
        }
        if (found.usable()) {
            log.step("Index %s is there already, built by an interrupted run; verification compares it"
                    .formatted(index.index().name()));
            return false;
        }
        log.step("Index %s was left invalid by an interrupted run; dropping it to build it again"
                .formatted(index.index().name()));
        execute(
                session,
                "DROP INDEX CONCURRENTLY "
                        + Identifiers.qualify(owner, index.index().name()));
        return true;
    }

    private record Found(String table, boolean usable) {}

    private static Found find(Connection session, String schema, String name) throws SQLException {
        String sql =
                """
                SELECT t.relname, i.indisvalid AND i.indisready
                FROM pg_index i
                JOIN pg_class c ON c.oid = i.indexrelid
                JOIN pg_class t ON t.oid = i.indrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ? AND c.relname = ?
                """;
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setString(1, schema);
            statement.setString(2, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new Found(row.getString(1), row.getBoolean(2)) : null;
            }
        }
    }

    private static void execute(Connection session, String sql) throws SQLException {
        try (java.sql.Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
