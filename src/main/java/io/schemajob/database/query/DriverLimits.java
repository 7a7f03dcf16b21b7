package io.schemajob.database.query;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** The two settings of a script that psql can live with and the driver cannot, told as what they are. */
public final class DriverLimits {
    private final PGConnection session;

    private DriverLimits(PGConnection session) {
        this.session = session;
    }

    /** To be made while the session is open: the driver tells nothing of one that it has closed. */
    public static DriverLimits of(Connection session) throws SQLException {
        return new DriverLimits(session.unwrap(PGConnection.class));
    }

    /**
     * Refuses a text that the driver would send in an encoding that the script has chosen: bundles are UTF-8, and a
     * character without a place in that encoding would become a question mark.
     */
    public void requireSendable(String text) throws SQLException {
        if (!"UTF8".equals(status("client_encoding"))
                && !StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            throw new SQLException(
                    "client_encoding was set to %s, but scripts are UTF-8, and here follows a character beyond ASCII"
                            .formatted(status("client_encoding")),
                    SqlStates.FEATURE_NOT_SUPPORTED);
        }
    }

    /** The error, or what is behind it: the driver closes a connection on which dates are no longer printed as ISO. */
    public SQLException explain(SQLException e) {
        String style = status("DateStyle");
        if (style == null || style.startsWith("ISO")) {
            return e;
        }
        return new SQLException(
                "DateStyle was set to \"%s\", and a script may choose only the order of day and month, as in SET datestyle = 'ISO, DMY'; use to_char() for dates in another form"
                        .formatted(style),
                SqlStates.FEATURE_NOT_SUPPORTED,
                e);
    }

    private String status(String name) {
        return session.getParameterStatus(name);
    }
}
