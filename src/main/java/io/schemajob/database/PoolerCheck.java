package io.schemajob.database;

import io.schemajob.report.ExitStatus;
import io.schemajob.report.Failure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Refuses poolers that give every transaction another server process, such as PgBouncer in transaction mode: an advisory
 * lock taken there stays with a process that nobody can find again (authentik#23876: an hour).
 */
public final class PoolerCheck {
    private PoolerCheck() {}

    /**
     * Costs nothing on a direct connection. Behind a pooler, a second session begins a transaction: in session mode the
     * two must have server processes of their own, and the first keeps its own.
     */
    public static void refuseTransactionPooling(Sessions sessions, Connection first, ServerFacts facts) {
        if (!facts.pooled()) {
            return;
        }
        try (Connection second = sessions.open()) {
            second.setAutoCommit(false);
            int other = backend(second);
            int again = backend(first);
            second.rollback();
            if (other == facts.backendPid() || again != facts.backendPid()) {
                throw Failure.of(
                                ExitStatus.CONFIG,
                                "A connection pooler in transaction mode stands in front of PostgreSQL at %s; a job"
                                                .formatted(sessions.connection().address())
                                        + " lock cannot be held through it.")
                        .databaseState("Nothing was changed.")
                        .hint("Connect to PostgreSQL itself, or to a pool with pool_mode = session.")
                        .asException();
            }
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The pooler in front of the server could not be examined", e);
        }
    }

    private static int backend(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
