package io.schemajob.database.session;

import io.schemajob.database.query.SqlStates;
import io.schemajob.report.cancel.CancellationToken;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Finds out what became of a transaction whose COMMIT was not answered: the server remembers it, and any session of any
 * user may ask.
 *
 * @see <a href="https://www.postgresql.org/docs/current/functions-info.html">pg_xact_status</a>
 */
public final class LostCommit {
    /** A server notices within 25 seconds that a client is gone ({@link Sessions}), and then rolls back. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** For a run that was stopped: Kubernetes kills it soon. */
    private static final Duration PATIENCE_WHEN_STOPPED = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Longest wait for one answer. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Sessions sessions;
    private final CancellationToken cancellation;
    private final long begun = System.nanoTime();

    public LostCommit(Sessions sessions, CancellationToken cancellation) {
        this.sessions = sessions;
        this.cancellation = cancellation;
    }

    /** What the server says. */
    public enum TransactionStatus {
        COMMITTED,
        ROLLED_BACK,
        /** The server is still at it. */
        IN_PROGRESS,
        /** The server could not be asked. */
        UNKNOWN
    }

    /** Whether what failed leaves open if the transaction was committed. */
    public static boolean possible(SQLException e) {
        return SqlStates.connectionLost(SqlStates.of(e));
    }

    /** The number of the open transaction of a session, by which to ask for it. */
    public static String number(Connection session) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement("SELECT pg_current_xact_id()::text");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    /** Something of the transaction that can be seen if it was committed. */
    @FunctionalInterface
    public interface Witness {
        boolean sees(Connection session) throws SQLException;
    }

    /**
     * Asks until the transaction has ended, for half a minute, or five seconds in a run that was stopped.
     *
     * @param other a session that may be alive, asked before a new one is opened
     * @param transaction its number, as {@code pg_current_xact_id()} gave it
     * @param witness asked too: a server that took over by failover may have given the number to another transaction
     */
    public TransactionStatus find(Connection other, String transaction, Witness witness) {
        TransactionStatus transactionStatus = ask(other, transaction, witness);
        return transactionStatus == TransactionStatus.UNKNOWN ? askAnew(transaction, witness) : transactionStatus;
    }

    private TransactionStatus askAnew(String transaction, Witness witness) {
        Duration limit = sessions.settings().connectTimeout();
        try (Connection session = sessions.openToAsk(limit.compareTo(left()) < 0 ? limit : left())) {
            return ask(session, transaction, witness);
        } catch (SQLException | RuntimeException e) {
            return TransactionStatus.UNKNOWN;
        }
    }

    private TransactionStatus ask(Connection session, String transaction, Witness witness) {
        TransactionStatus transactionStatus = TransactionStatus.UNKNOWN;
        try {
            session.setNetworkTimeout(Runnable::run, (int) ANSWER.toMillis());
            do {
                transactionStatus = transactionStatus(session, transaction, witness);
            } while (transactionStatus == TransactionStatus.IN_PROGRESS && !left().isNegative() && pause());
            session.setNetworkTimeout(Runnable::run, 0);
            return transactionStatus;
        } catch (SQLException e) {
            return SqlStates.of(e).equals(SqlStates.INVALID_PARAMETER_VALUE)
                    ? TransactionStatus.ROLLED_BACK
                    : TransactionStatus.UNKNOWN;
        }
    }

    /**
     * A number that the server has not given yet is refused: after a failover the transaction is not there. A standby is not asked, as it
     * may be behind: what it has not got may have been committed.
     */
    private TransactionStatus transactionStatus(Connection session, String transaction, Witness witness)
            throws SQLException {
        String sql = "SELECT CASE WHEN NOT pg_is_in_recovery() THEN pg_xact_status(?::xid8) END";
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setString(1, transaction);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return switch (String.valueOf(row.getString(1))) {
                    case "committed" ->
                        witness.sees(session) ? TransactionStatus.COMMITTED : TransactionStatus.ROLLED_BACK;
                    case "aborted" -> TransactionStatus.ROLLED_BACK;
                    case "in progress" -> TransactionStatus.IN_PROGRESS;
                    default -> TransactionStatus.UNKNOWN;
                };
            }
        } catch (SQLException e) {
            if (SqlStates.of(e).equals(SqlStates.QUERY_CANCELED)) {
                // The stop of the run cancels whatever its sessions do.
                return TransactionStatus.IN_PROGRESS;
            }
            throw e;
        }
    }

    private Duration left() {
        Duration patience = cancellation.stopped() ? PATIENCE_WHEN_STOPPED : PATIENCE;
        return patience.minusNanos(System.nanoTime() - begun);
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
