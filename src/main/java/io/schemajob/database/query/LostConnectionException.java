package io.schemajob.database.query;

import java.io.IOException;
import java.sql.SQLException;
import java.util.stream.Stream;

/** A connection that was given up because the server had gone silent; its message says how that was found out. */
public final class LostConnectionException extends IOException {
    private static final long serialVersionUID = 1L;

    public LostConnectionException(String message, IOException cause) {
        super(message, cause);
    }

    /** What to tell of an error: why the connection was given up if it was, and else the driver's words. */
    public static String message(SQLException e) {
        return Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
                .filter(LostConnectionException.class::isInstance)
                .map(Throwable::getMessage)
                .findFirst()
                .orElse(e.getMessage());
    }
}
