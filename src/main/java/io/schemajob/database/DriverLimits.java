package io.schemajob.database;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** The two settings of a script that psql can live with and the driver cannot, told as what they are. */
public final class DriverLimits {
    private DriverLimits() {}

    /**
     * Refuses a text that the driver would send in an encoding that the script has chosen: bundles are UTF-8, and a
     * character without a place in that encoding would become a question mark.
     */
    public static void requireSendable(Connection session, String text) throws SQLException {
        if (!CleanSession.utf8(session) && !StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            throw new SQLException("client_encoding was set to %s, but scripts are UTF-8, and here follows a character beyond ASCII"
                    .formatted(status(session, "client_encoding")));
        }
    }

    /** The error, or what is behind it: the driver closes a connection on which dates are no longer printed as ISO. */
    public static SQLException explain(Connection session, SQLException e) throws SQLException {
        String style = status(session, "DateStyle");
        if (style == null || style.startsWith("ISO")) {
            return e;
        }
        return new SQLException(
                "DateStyle was set to \"%s\", and a script may choose only the order of day and month, as in SET datestyle = 'ISO, DMY'; use to_char() for dates in another form"
                        .formatted(style),
                e);
    }

    private static String status(Connection session, String name) throws SQLException {
        return session.unwrap(PGConnection.class).getParameterStatus(name);
    }
}
