package io.schemajob.importer.sqlite;

import io.schemajob.importer.convert.SourceValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Values by a key of bytes, in SQLite's temporary files: their number costs no memory. */
public final class ValueStore {
    private final PreparedStatement put;
    private final PreparedStatement get;

    /**
     * An empty store.
     *
     * @param connection beside whose file it lies, and with which it ends
     * @param name that no other store of the connection has
     */
    public ValueStore(Connection connection, String name) throws SQLException {
        String table = "temp." + Sqlite.quote(name);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + table + " (key BLOB PRIMARY KEY, value) WITHOUT ROWID");
        }
        this.put = connection.prepareStatement("INSERT OR IGNORE INTO " + table + " VALUES (?, ?)");
        this.get = connection.prepareStatement("SELECT value FROM " + table + " WHERE key = ?");
    }

    /** The first value of a key stays. */
    public void put(byte[] key, SourceValue value) throws SQLException {
        put.setBytes(1, key);
        Sqlite.bind(put, 2, value);
        put.executeUpdate();
    }

    /** The value in its own storage class, or null. */
    public SourceValue get(byte[] key) throws SQLException {
        get.setBytes(1, key);
        try (ResultSet row = get.executeQuery()) {
            return row.next() ? value(row.getObject(1)) : null;
        }
    }

    private static SourceValue value(Object stored) {
        if (stored instanceof byte[] bytes) {
            return SourceValue.blob(bytes);
        }
        return stored instanceof Number number
                ? SourceValue.integer(number.longValue())
                : SourceValue.text((String) stored);
    }
}
