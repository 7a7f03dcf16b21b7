package io.schemajob.database.session;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Fires deferred triggers in a transaction that goes on. {@code SET CONSTRAINTS ALL} would hold until its end, for
 * constraints too that are made later; so each one is named, and is then as it was declared.
 */
public final class DeferredConstraints {
    private static final String DEFERRABLE =
            """
            SELECT pg_catalog.format('%I.%I', n.nspname, c.conname), pg_catalog.bool_and(c.condeferred)
            FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
            WHERE c.condeferrable
            GROUP BY 1
            """;

    private DeferredConstraints() {}

    /** Checks and runs what waits for COMMIT. */
    public static void fire(Connection session) throws SQLException {
        List<String> all = new ArrayList<>();
        List<String> deferred = new ArrayList<>();
        try (Statement statement = session.createStatement()) {
            try (ResultSet row = statement.executeQuery(DEFERRABLE)) {
                while (row.next()) {
                    all.add(row.getString(1));
                    if (row.getBoolean(2)) {
                        deferred.add(row.getString(1));
                    }
                }
            }
            set(statement, all, "IMMEDIATE");
            set(statement, deferred, "DEFERRED");
        }
    }

    /** Does the same, and defers nothing more until the transaction ends. */
    public static void endDeferring(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
        }
    }

    private static void set(Statement statement, List<String> constraints, String mode) throws SQLException {
        if (!constraints.isEmpty()) {
            statement.execute("SET CONSTRAINTS " + String.join(", ", constraints) + " " + mode);
        }
    }
}
