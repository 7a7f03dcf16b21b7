package io.schemajob.catalog;

import io.schemajob.database.query.Identifiers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;

/**
 * Runs something that must leave no trace: read-only, at one moment, with settings that make every server print alike,
 * and always rolled back.
 *
 * <p>On a connection in autocommit it makes a transaction of its own. In a caller's open transaction it works behind a
 * savepoint, so that a dry run can look at what it is about to roll back; read-only mode and settings end with the
 * savepoint.
 */
final class ReadOnlyWork {
    /**
     * Besides the names, the time zone and styles of the session decide how PostgreSQL prints constants. Compiling a
     * query on a large catalog would take longer than running it. A policy that hides rows would hide violations too.
     */
    private static final String SETTINGS =
            """
            SELECT pg_catalog.set_config('search_path', %s, true),
                   pg_catalog.set_config('timezone', 'UTC', true),
                   pg_catalog.set_config('datestyle', 'ISO, MDY', true),
                   pg_catalog.set_config('intervalstyle', 'postgres', true),
                   pg_catalog.set_config('bytea_output', 'hex', true),
                   pg_catalog.set_config('extra_float_digits', '1', true),
                   pg_catalog.set_config('quote_all_identifiers', 'off', true),
                   pg_catalog.set_config('jit', 'off', true),
                   pg_catalog.set_config('row_security', 'off', true),
                   pg_catalog.set_config('client_min_messages', 'error', true)
            """;

    /**
     * Where unqualified names are looked for. What stands on the path is printed without its schema, so a comparison
     * must not depend on the path that the session happens to have.
     */
    enum Path {
        /** The schema, then {@code public}: as declared schemas are written. */
        DECLARED("?"),

        /** The same, and the schemas of extensions: there, their types and functions are printed as if in public. */
        WITH_EXTENSIONS(
                """
                pg_catalog.concat_ws(', ', ?, (
                    SELECT pg_catalog.string_agg(DISTINCT pg_catalog.quote_ident(n.nspname), ', ')
                    FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
                    WHERE n.nspname NOT IN ('pg_catalog', 'public')))
                """),

        /** The schema, then what the session has: as scripts see it. */
        OF_SESSION(
                """
                pg_catalog.concat_ws(', ', ?,
                    nullif(pg_catalog.current_setting('search_path'), ''))
                """);

        private final String sql;

        Path(String sql) {
            this.sql = sql;
        }
    }

    private ReadOnlyWork() {}

    /** What is done in between. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    static <T> T run(Connection connection, String schema, Work<T> work) throws SQLException {
        return run(connection, schema, Path.DECLARED, work);
    }

    static <T> T run(Connection connection, String schema, Path path, Work<T> work) throws SQLException {
        return connection.getAutoCommit()
                ? inOwnTransaction(
                        connection,
                        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;" + SETTINGS,
                        schema,
                        path,
                        work)
                : behindSavepoint(connection, "SET TRANSACTION READ ONLY;" + SETTINGS, schema, path, work);
    }

    /**
     * The same where the work makes temporary objects, if the server and the session may be written to. Function bodies
     * are not looked at.
     */
    static <T> T scratch(Connection connection, String schema, Path path, Work<T> work) throws SQLException {
        String settings = SETTINGS + ", pg_catalog.set_config('check_function_bodies', 'off', true)";
        return connection.getAutoCommit()
                ? inOwnTransaction(connection, settings, schema, path, work)
                : behindSavepoint(connection, settings, schema, path, work);
    }

    private static <T> T inOwnTransaction(
            Connection connection, String settings, String schema, Path path, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try (Ending ending = () -> {
            connection.rollback();
            connection.setAutoCommit(true);
        }) {
            prepare(connection, settings, schema, path);
            return work.run();
        }
    }

    private static <T> T behindSavepoint(Connection connection, String settings, String schema, Path path, Work<T> work)
            throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try (Ending ending = () -> {
            connection.rollback(savepoint);
            connection.releaseSavepoint(savepoint);
        }) {
            prepare(connection, settings, schema, path);
            return work.run();
        }
    }

    /** As a resource, its own failure on a broken connection is added to the cause and does not hide it. */
    private interface Ending extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }

    /** Mode and settings go to the server in one piece. */
    private static void prepare(Connection connection, String settings, String schema, Path path) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(settings.formatted(path.sql))) {
            statement.setString(1, Identifiers.quote(schema) + (path == Path.OF_SESSION ? "" : ", public"));
            statement.execute();
        }
    }
}
