package io.schemajob.database.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What the server says of itself when a session begins.
 *
 * @param majorVersion such as 16
 * @param version as the server prints it
 * @param inRecovery whether it is a read-only replica
 * @param readOnly whether transactions are read-only for another reason
 * @param backendPid the server process of this session
 */
public record ServerFacts(int majorVersion, String version, boolean inRecovery, boolean readOnly, int backendPid) {

    /**
     * Whether a server that took changes before takes none now: it became a replica, or an operator or its full disk made
     * it read-only. What a script says of its own session does not count.
     *
     * @param session whose transaction has failed; it is rolled back
     */
    public static boolean becameReadOnly(Connection session, SQLException e) {
        return SqlStates.of(e).equals(SqlStates.READ_ONLY) && rolledBackAndReadOnly(session);
    }

    /** The same for an error that a transaction which only its script made read-only has too. */
    public static boolean rolledBackAndReadOnly(Connection session) {
        try {
            if (!session.getAutoCommit()) {
                session.rollback();
            }
            return takesNoChanges(session);
        } catch (SQLException e) {
            return true;
        }
    }

    private static boolean takesNoChanges(Connection session) {
        String sql = "SELECT pg_is_in_recovery() OR EXISTS (SELECT 1 FROM pg_settings"
                + " WHERE name = 'default_transaction_read_only' AND setting = 'on' AND source <> 'session')";
        try (PreparedStatement statement = session.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        } catch (SQLException e) {
            return true;
        }
    }
}
