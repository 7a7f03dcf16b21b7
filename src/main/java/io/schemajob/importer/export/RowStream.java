package io.schemajob.importer.export;

import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.convert.Kind;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/**
 * Reads rows from the server in the binary form of COPY, which takes neither a cursor nor texts that have to be read again.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, Binary Format</a>
 */
final class RowStream implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int SIGNATURE_BYTES = 11;
    private static final int FLAGS_BYTES = 4;

    private final Kind[] kinds;
    private final PGCopyInputStream copy;
    private final DataInputStream in;
    private boolean begun;
    private boolean ended;
    private long bytes;

    /**
     * Begins.
     *
     * @param select whose columns are as {@link io.schemajob.importer.validate.CanonicalSql} says
     * @param kinds of its columns
     */
    RowStream(Connection session, String select, List<Kind> kinds) throws SQLException {
        this.kinds = kinds.toArray(Kind[]::new);
        this.copy = new PGCopyInputStream(
                session.unwrap(PGConnection.class), "COPY (" + select + ") TO STDOUT (FORMAT binary)");
        this.in = new DataInputStream(new BufferedInputStream(copy, BUFFER_BYTES));
    }

    /** The next row, null for NULL; null at the end. */
    CanonicalValue[] next() throws SQLException {
        if (ended) {
            return null;
        }
        try {
            if (!begun) {
                in.skipNBytes(SIGNATURE_BYTES + FLAGS_BYTES);
                in.skipNBytes(in.readInt());
                begun = true;
            }
            if (in.readShort() >= 0) {
                return row();
            }
            // To what follows the last row: a COPY that is not read to its end is cancelled.
            ended = true;
            in.transferTo(OutputStream.nullOutputStream());
            return null;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private static SQLException broken(IOException e) {
        return e.getCause() instanceof SQLException known ? known : new SQLException("the rows broke off", e);
    }

    private CanonicalValue[] row() throws IOException {
        CanonicalValue[] row = new CanonicalValue[kinds.length];
        for (int i = 0; i < row.length; i++) {
            int length = in.readInt();
            if (length >= 0) {
                row[i] = kinds[i].isNumber() ? CanonicalValue.of(number(length)) : CanonicalValue.of(bytes(length));
                bytes += length;
            }
        }
        return row;
    }

    private long number(int length) throws IOException {
        return switch (length) {
            case Byte.BYTES -> in.readByte();
            case Short.BYTES -> in.readShort();
            case Integer.BYTES -> in.readInt();
            default -> in.readLong();
        };
    }

    private byte[] bytes(int length) throws IOException {
        byte[] value = new byte[length];
        in.readFully(value);
        return value;
    }

    /** Of all values so far. */
    long bytes() {
        return bytes;
    }

    @Override
    public void close() throws SQLException {
        try {
            copy.close();
        } catch (IOException e) {
            throw broken(e);
        }
    }
}
