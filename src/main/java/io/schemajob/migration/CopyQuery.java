package io.schemajob.migration;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** One {@code COPY … FROM STDIN} of a script, whose notices are printed while the data is still being sent. */
final class CopyQuery {
    /** Characters; the driver looks for notices after each piece. */
    private static final int PIECE = 64 * 1024;

    private CopyQuery() {}

    /**
     * Sends the data.
     *
     * @return rows
     */
    static long run(Connection session, String sql, String data, Notices notices) throws SQLException {
        CopyIn copy = session.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            for (int from = 0, end; from < data.length(); from = end) {
                end = Math.min(data.length(), from + PIECE);
                end -= end < data.length() && Character.isHighSurrogate(data.charAt(end - 1)) ? 1 : 0;
                byte[] piece = data.substring(from, end).getBytes(StandardCharsets.UTF_8);
                copy.writeToCopy(piece, 0, piece.length);
                notices.drain(session);
            }
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
            notices.drain(session);
        }
    }
}
