package io.schemajob.importer.load;

import io.schemajob.database.Identifiers;
import io.schemajob.database.OwnTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The table in which every import leaves one row, in the transaction of its data: when a connection is lost while COMMIT
 * is under way, the row and the fate of its transaction tell whether the data are there.
 */
public final class Ledger {
    private final Connection session;
    private final String table;

    public Ledger(Connection session, String schema) {
        this.session = session;
        this.table = Identifiers.qualify(schema, OwnTables.IMPORTS);
    }

    /**
     * Notes an import in the open transaction.
     *
     * @return the number of the transaction, for {@link #fate}
     */
    public String record(String source, long rows) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + table
                    + " (transaction_id text PRIMARY KEY DEFAULT pg_current_xact_id()::text, source text NOT NULL,"
                    + " imported_rows bigint NOT NULL, imported_at timestamptz NOT NULL DEFAULT now())");
        }
        try (PreparedStatement statement = session.prepareStatement(
                "INSERT INTO " + table + " (source, imported_rows) VALUES (?, ?) RETURNING transaction_id")) {
            statement.setString(1, source);
            statement.setLong(2, rows);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /** {@code committed}, {@code aborted} or {@code in progress}. */
    public static String fate(Connection other, String transaction) throws SQLException {
        try (PreparedStatement statement = other.prepareStatement("SELECT pg_xact_status(?::xid8)")) {
            statement.setString(1, transaction);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return String.valueOf(row.getString(1));
            }
        }
    }

    /** The last import, in words; null if there was none. */
    public static String last(Connection session, String schema) throws SQLException {
        String table = Identifiers.qualify(schema, OwnTables.IMPORTS);
        try (PreparedStatement statement = session.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    return null;
                }
            }
        }
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT imported_rows, source, to_char(imported_at, 'YYYY-MM-DD HH24:MI:SS') FROM " + table
                                + " ORDER BY imported_at DESC LIMIT 1")) {
            return row.next()
                    ? "%d rows of %s were imported at %s UTC"
                            .formatted(row.getLong(1), row.getString(2), row.getString(3))
                    : null;
        }
    }
}
