package io.schemajob.importer.sqlite;

import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.mapping.SourceTable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.core.Codes;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;
import org.sqlite.core.SafeStmtPtr;

/**
 * Reads the rows of a table as SQLite holds them: each value with its own storage class, text as bytes.
 *
 * <p>JDBC can tell neither (text that is no UTF-8 comes back changed), so this calls the layer below the driver's JDBC
 * classes; it is the only class that does. It also reads three times as fast.
 */
public final class RowReader implements AutoCloseable {
    /** What takes the place of UTF-16 that cannot be decoded: it is no UTF-8 either, so it is refused as such. */
    private static final byte[] UNDECODABLE = {(byte) 0xff};

    /** Bytes after which a batch is full, however few rows it has. */
    private static final long LARGEST_BATCH = 4 << 20;

    /** What is read; null if that is not to be named. */
    private final SourceTable table;

    private final PreparedStatement statement;
    private final SafeStmtPtr pointer;
    private final int columns;
    private final boolean hasRowid;
    private final Charset encoding;
    private long ordinal;
    private long last;
    private boolean ended;

    private RowReader(SourceTable table, PreparedStatement statement, int columns, boolean hasRowid, Charset encoding)
            throws SQLException {
        this.table = table;
        this.statement = statement;
        this.pointer = statement.unwrap(CoreStatement.class).pointer;
        this.columns = columns;
        this.hasRowid = hasRowid;
        this.encoding = encoding;
    }

    /** @param columns names of the columns to read; may be empty */
    public static RowReader open(Connection source, SourceTable table, List<String> columns) throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT ").append(table.rowid() == null ? "0" : table.rowid());
        columns.forEach(column -> sql.append(", ").append(Sqlite.quote(column)));
        sql.append(" FROM ").append(from(table));
        if (table.rowid() != null) {
            sql.append(" ORDER BY ").append(table.rowid());
        }
        PreparedStatement statement = source.prepareStatement(sql.toString());
        return new RowReader(table, statement, columns.size(), table.rowid() != null, encoding(source));
    }

    /** The values of the row with this id, or null if there is none. */
    public static SourceValue[] one(Connection source, SourceTable table, List<String> columns, long rowId)
            throws SQLException {
        return select(source, table, columns.stream().map(Sqlite::quote).toList(), rowId);
    }

    /** The bytes of the values of the row with this id, or null if there is none. */
    public static SourceValue[] sizes(Connection source, SourceTable table, List<String> columns, long rowId)
            throws SQLException {
        List<String> sizes = columns.stream()
                .map(column -> "coalesce(octet_length(" + Sqlite.quote(column) + "), 0)")
                .toList();
        return select(source, table, sizes, rowId);
    }

    private static SourceValue[] select(Connection source, SourceTable table, List<String> expressions, long rowId)
            throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT 0");
        expressions.forEach(expression -> sql.append(", ").append(expression));
        sql.append(" FROM ").append(from(table));
        sql.append(
                table.rowid() == null ? " LIMIT 1 OFFSET " + (rowId - 1) : " WHERE " + table.rowid() + " = " + rowId);
        PreparedStatement statement = source.prepareStatement(sql.toString());
        try (RowReader reader = new RowReader(null, statement, expressions.size(), false, encoding(source))) {
            SourceRow[] row = SourceRow.batch(1, expressions.size());
            return reader.next(row) == 1 ? row[0].values() : null;
        }
    }

    /** @param statement whose first column is not wanted */
    static RowReader of(Connection source, PreparedStatement statement, int columns) throws SQLException {
        return new RowReader(null, statement, columns, false, encoding(source));
    }

    static String from(SourceTable table) {
        return table.query() == null ? Sqlite.quote(table.name()) : "(" + table.query() + "\n)";
    }

    private static Charset encoding(Connection source) throws SQLException {
        try (Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA encoding")) {
            return switch (row.next() ? row.getString(1) : "") {
                case "UTF-16le" -> StandardCharsets.UTF_16LE;
                case "UTF-16be" -> StandardCharsets.UTF_16BE;
                default -> StandardCharsets.UTF_8;
            };
        }
    }

    /**
     * Reads on.
     *
     * @param batch filled from its beginning; the rows in it are overwritten by the next call
     * @return the number of rows, 0 at the end
     */
    public int next(SourceRow[] batch) throws SQLException {
        try {
            return ended ? 0 : pointer.safeRunInt((db, stmt) -> fill(db, stmt, batch));
        } catch (SQLException e) {
            if (SqliteFailures.isOutOfMemory(e)) {
                throw new OutOfMemoryError(e.getMessage());
            }
            if (table == null) {
                throw e;
            }
            throw SqliteFailures.ofReading(table, e);
        }
    }

    private int fill(DB db, long stmt, SourceRow[] batch) throws SQLException {
        int count = 0;
        long bytes = 0;
        while (count < batch.length && bytes < LARGEST_BATCH) {
            int code = db.step(stmt);
            if (code == Codes.SQLITE_DONE) {
                ended = true;
                break;
            }
            if (code != Codes.SQLITE_ROW) {
                db.throwex(code);
            }
            bytes += read(db, stmt, batch[count++]);
        }
        return count;
    }

    /** The id of the row that was read last, or could not be. */
    public long last() {
        return last;
    }

    /** Returns the bytes of its texts and blobs. */
    private long read(DB db, long stmt, SourceRow row) throws SQLException {
        ordinal++;
        row.rowId(hasRowid ? db.column_long(stmt, 0) : ordinal);
        last = row.rowId();
        SourceValue[] values = row.values();
        long bytes = 0;
        for (int i = 0; i < columns; i++) {
            values[i] = value(db, stmt, i + 1);
            bytes += values[i].bytes() == null ? 0 : values[i].bytes().length;
        }
        return bytes;
    }

    private SourceValue value(DB db, long stmt, int column) throws SQLException {
        // The class must be asked for first: reading a value in another form may change it.
        return switch (db.column_type(stmt, column)) {
            case Codes.SQLITE_INTEGER -> SourceValue.integer(db.column_long(stmt, column));
            case Codes.SQLITE_FLOAT -> SourceValue.real(db.column_double(stmt, column));
            case Codes.SQLITE_TEXT -> SourceValue.text(utf8(bytes(db, stmt, column)));
            case Codes.SQLITE_BLOB -> SourceValue.blob(bytes(db, stmt, column));
            default -> SourceValue.NULL;
        };
    }

    private static byte[] bytes(DB db, long stmt, int column) throws SQLException {
        byte[] bytes = db.column_blob(stmt, column);
        return bytes == null ? new byte[0] : bytes;
    }

    private byte[] utf8(byte[] text) {
        if (encoding == StandardCharsets.UTF_8) {
            return text;
        }
        try {
            return encoding.newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return UNDECODABLE;
        }
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
