package io.schemajob.lint;

import io.schemajob.bundle.sql.Statement;
import io.schemajob.lint.sql.LockMode;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A real server with the schema that the samples work on; tells what a script does there, and takes it back. */
final class Server implements AutoCloseable {
    private final Connection connection;
    private final Map<String, String> tables;

    /**
     * What a script did.
     *
     * @param sqlState null if it ran to its end
     * @param locks the strongest on each table that was there before, ROW EXCLUSIVE and above
     * @param rewritten tables with other files than before
     * @param messages the server's, down to the level DEBUG1, at which it tells what takes long
     */
    record Effect(String sqlState, Map<String, LockMode> locks, List<String> rewritten, List<String> messages) {}

    private Server(Connection connection, Map<String, String> tables) {
        this.connection = connection;
        this.tables = tables;
    }

    static Server start(int major, String before) throws SQLException {
        Connection connection = Postgres.version(major).createDatabase().connect();
        try (java.sql.Statement statement = connection.createStatement()) {
            statement.execute(before);
            statement.execute("SET timezone = 'UTC'; SET client_min_messages = debug1");
        }
        Map<String, String> tables = Rows.of(
                        connection,
                        "SELECT oid, relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                                + " AND relkind IN ('r', 'p', 'm')")
                .stream()
                .collect(Collectors.toMap(row -> row.get(0), row -> row.get(1)));
        connection.setAutoCommit(false);
        return new Server(connection, tables);
    }

    Connection connection() {
        return connection;
    }

    /** Runs statements in one transaction that is rolled back. */
    Effect run(List<Statement> statements) throws SQLException {
        try (java.sql.Statement jdbc = connection.createStatement()) {
            Map<String, String> files = files();
            List<String> messages = new ArrayList<>();
            try {
                for (Statement statement : statements) {
                    if (!List.of("BEGIN", "COMMIT").contains(statement.sql())) {
                        jdbc.execute(statement.sql());
                        for (SQLWarning warning = jdbc.getWarnings(); warning != null; ) {
                            messages.add(warning.getMessage());
                            warning = warning.getNextWarning();
                        }
                    }
                }
            } catch (SQLException e) {
                return new Effect(e.getSQLState(), Map.of(), List.of(), List.of(e.getMessage()));
            }
            Map<String, String> now = files();
            List<String> rewritten = files.keySet().stream()
                    .filter(table -> now.containsKey(table) && !files.get(table).equals(now.get(table)))
                    .map(tables::get)
                    .toList();
            return new Effect(null, locks(), rewritten, messages);
        } finally {
            connection.rollback();
        }
    }

    private Map<String, String> files() throws SQLException {
        return Rows.of(connection, "SELECT oid, relfilenode FROM pg_class").stream()
                .filter(row -> tables.containsKey(row.get(0)))
                .collect(Collectors.toMap(row -> row.get(0), row -> row.get(1)));
    }

    private Map<String, LockMode> locks() throws SQLException {
        Map<String, LockMode> locks = new TreeMap<>();
        for (List<String> row : Rows.of(
                connection,
                "SELECT relation, mode FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation'")) {
            for (LockMode mode : LockMode.values()) {
                if (mode.catalogName().equals(row.get(1))
                        && tables.containsKey(row.get(0))
                        && mode.compareTo(LockMode.ROW_EXCLUSIVE) >= 0) {
                    locks.merge(tables.get(row.get(0)), mode, LockMode::strongest);
                }
            }
        }
        return locks;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
