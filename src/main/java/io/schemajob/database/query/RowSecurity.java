package io.schemajob.database.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Keeps row security from hiding rows in silence. With {@code row_security = off} PostgreSQL refuses a statement that a
 * policy would filter, as {@code pg_dump} relies on too; a role that no policy concerns notices nothing.
 *
 * @see <a href="https://www.postgresql.org/docs/current/ddl-rowsecurity.html">Row Security Policies</a>
 */
public final class RowSecurity {
    public static final String SETTING = "row_security";

    /** What lets a role see every row, for people. */
    public static final String HINT =
            "Let the role see every row: ALTER ROLE … BYPASSRLS; as an administrator, or, where"
                    + " it owns the table, ALTER TABLE … NO FORCE ROW LEVEL SECURITY;";

    /** The server's function that refuses; the message itself is in the language of the server. */
    private static final String CHECK = "check_enable_rls";

    private RowSecurity() {}

    /** Until the transaction ends, nothing on this session is filtered. */
    public static void refuseInTransaction(Connection session) throws SQLException {
        try (PreparedStatement statement =
                session.prepareStatement("SELECT pg_catalog.set_config('" + SETTING + "', 'off', true)")) {
            statement.execute();
        }
    }

    /** Whether the server refused because a policy would hide rows. */
    public static boolean refused(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException sql ? sql.getServerErrorMessage() : null;
        return server != null
                && SqlStates.of(e).equals(SqlStates.INSUFFICIENT_PRIVILEGE)
                && CHECK.equals(server.getRoutine());
    }
}
