package io.schemajob.importer.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Walks through what the server found, row by row in the order of the source, beside a scan of the source. */
final class RowIdCursor implements AutoCloseable {
    private static final int FETCH = 1000;

    private final PreparedStatement statement;
    private final ResultSet rows;
    private boolean more;

    /** @param table of findings or adjustments @param text the column that is wanted */
    RowIdCursor(Connection session, String table, String text, int stage) throws SQLException {
        statement = session.prepareStatement(
                "SELECT row_id, " + text + " FROM " + table + " WHERE stage = ? ORDER BY row_id");
        statement.setFetchSize(FETCH);
        statement.setInt(1, stage);
        rows = statement.executeQuery();
        more = rows.next();
    }

    /** What was found about this row; empty if nothing. Row ids must be asked for in their order. */
    List<String> at(long rowId) throws SQLException {
        if (!more || rows.getLong(1) > rowId) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        while (more && rows.getLong(1) == rowId) {
            texts.add(rows.getString(2));
            more = rows.next();
        }
        return texts;
    }

    @Override
    public void close() throws SQLException {
        rows.close();
        statement.close();
    }
}
