package io.schemajob.database.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Tables that are ours and that no bundle declares. */
public final class OwnTables {
    /** One row for every import from another database. */
    public static final String IMPORTS = "schemajob_import";

    /** How far a script is that runs outside of a transaction; there only while one is not complete. */
    public static final String PROGRESS = "schemajob_progress";

    private OwnTables() {}

    public static boolean holds(String name) {
        return name.equals(IMPORTS) || name.equals(PROGRESS);
    }

    /** @param table with its schema, quoted */
    public static boolean isThere(Connection session, String table) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
