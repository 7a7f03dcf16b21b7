package io.schemajob.database.session;

import io.schemajob.database.query.SqlStates;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Untrusted;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Supplier;
import org.postgresql.PGConnection;

/**
 * Refuses poolers that give every transaction another server process, such as PgBouncer in transaction mode: an advisory
 * lock taken there stays with a process that nobody can find again (authentik#23876: an hour), and so do the role and
 * the search path of the run, for the application to stumble over. So it is asked before a session is prepared.
 */
final class PoolerCheck {
    /** How long a second session may wait for a server process of its own. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /** PgBouncer hands idle processes out last in, first out, or in turn; then the second look finds another one. */
    private static final int LOOKS = 3;

    private static final String PROTOCOL_VIOLATION = "08P01";

    private PoolerCheck() {}

    /**
     * Costs nothing on a direct connection. Behind a pooler, a second session begins a transaction: in session mode
     * the two must have server processes of their own, and the first keeps its own.
     *
     * @param first fresh from the login
     * @param backend the server process that answers it
     * @param connect logs in once more
     */
    static void refuseTransactionPooling(Connection first, int backend, Supplier<Connection> connect, String address)
            throws SQLException {
        // A pooler gives its clients process numbers of its own at login.
        if (backend == first.unwrap(PGConnection.class).getBackendPID()) {
            return;
        }
        boolean shared;
        try (Connection second = connect.get()) {
            second.setNetworkTimeout(Runnable::run, (int) LONGEST_WAIT.toMillis());
            second.setAutoCommit(false);
            shared = backend(second) == backend;
            second.rollback();
        } catch (SQLException e) {
            if (SqlStates.of(e).equals(PROTOCOL_VIOLATION)
                    && String.valueOf(e.getMessage()).contains("statement pooling")) {
                throw refused(address, "statement", e);
            }
            throw noSecondSession(address, SqlStates.of(e), e);
        } catch (SchemajobException e) {
            throw e.status() == ExitStatus.UNAVAILABLE
                    ? noSecondSession(address, e.failure().sqlState(), e)
                    : e;
        }
        for (int look = 0; look < LOOKS && !shared; look++) {
            shared = backend(first) != backend;
        }
        if (shared) {
            throw refused(address, "transaction", null);
        }
    }

    private static RuntimeException noSecondSession(String address, String state, Exception e) {
        return Failure.of(
                        ExitStatus.UNAVAILABLE,
                        "The connection pooler in front of PostgreSQL at %s gave no second session, and a run needs two: %s"
                                .formatted(address, Untrusted.text(e.getMessage())))
                .sqlState(state)
                .hint("Let the pool have two or more server connections for this user, or connect to PostgreSQL"
                        + " itself.")
                .asException(e);
    }

    private static RuntimeException refused(String address, String mode, SQLException cause) {
        return Failure.of(
                        ExitStatus.CONFIG,
                        "A connection pooler in %s mode stands in front of PostgreSQL at %s; a job lock cannot be held"
                                        .formatted(mode, address)
                                + " through it.")
                .hint("Connect to PostgreSQL itself, or to a pool with pool_mode = session.")
                .asException(cause);
    }

    private static int backend(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
