package io.schemajob.importer.load;

import io.schemajob.database.query.SqlStates;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What the server says of rows that it refuses; of a trigger's error, or of a key that is too long, it does not say the table. */
public final class ServerRefusal {
    private ServerRefusal() {}

    /** The same error with the table, key or index in its message; as it is if it is not about rows. */
    static SQLException named(String what, SQLException e) {
        return Loader.aboutData(e) ? new SQLException(what + ": " + words(e), SqlStates.of(e), e) : e;
    }

    /** The server's words, without the place in our own statements that it adds. */
    public static String words(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException sql ? sql.getServerErrorMessage() : null;
        if (server == null) {
            return e.getMessage();
        }
        return server.getDetail() == null
                ? server.getMessage()
                : "%s (%s)".formatted(server.getMessage(), server.getDetail());
    }
}
