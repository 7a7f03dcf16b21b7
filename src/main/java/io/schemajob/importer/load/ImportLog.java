package io.schemajob.importer.load;

import io.schemajob.database.query.Identifiers;
import io.schemajob.database.query.OwnTables;
import io.schemajob.report.text.Counted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The table in which every import leaves one row, in the transaction of its data: when a connection is lost while COMMIT
 * is under way, the row and the status of its transaction tell whether the data are there.
 */
public final class ImportLog {
    private final Connection session;
    private final String table;

    public ImportLog(Connection session, String schema) {
        this.session = session;
        this.table = Identifiers.qualify(schema, OwnTables.IMPORTS);
    }

    /**
     * An import.
     *
     * @param source the file
     * @param rows that were loaded
     * @param rejected rows that were left out
     * @param adjusted rows that were loaded with NULL in place of a key that names nothing
     * @param sourceSums fingerprint of all rows of the file; null if nothing was proved
     * @param targetSums that of what was loaded; else null
     * @param losses what an export would not bring back, a line a column; null for nothing
     */
    public record Entry(
            String source,
            long rows,
            long rejected,
            long adjusted,
            String sourceSums,
            String targetSums,
            String losses) {}

    /**
     * Notes an import in the open transaction.
     *
     * @return the number of the transaction, for {@link io.schemajob.database.session.LostCommit}
     */
    public String record(Entry entry) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS " + table
                            + " (transaction_id text PRIMARY KEY DEFAULT pg_current_xact_id()::text, source text NOT NULL,"
                            + " imported_rows bigint NOT NULL, rejected_rows bigint NOT NULL, adjusted_rows bigint NOT NULL,"
                            + " source_sums text, target_sums text, imported_at timestamptz NOT NULL DEFAULT now(), losses text)");
            if (!hasLosses()) {
                statement.execute("ALTER TABLE " + table + " ADD COLUMN losses text");
            }
        }
        try (PreparedStatement statement = session.prepareStatement("INSERT INTO " + table
                + " (source, imported_rows, rejected_rows, adjusted_rows, source_sums, target_sums, losses)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING transaction_id")) {
            statement.setString(1, entry.source());
            statement.setLong(2, entry.rows());
            statement.setLong(3, entry.rejected());
            statement.setLong(4, entry.adjusted());
            statement.setString(5, entry.sourceSums());
            statement.setString(6, entry.targetSums());
            statement.setString(7, entry.losses());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /** The import of a file with these rows that made the target what it is; empty if there was none. */
    public Optional<Entry> find(String sourceSums, String targetSums) throws SQLException {
        if (!OwnTables.isThere(session, table)) {
            return Optional.empty();
        }
        try (PreparedStatement statement =
                session.prepareStatement("SELECT source, imported_rows, rejected_rows, adjusted_rows FROM " + table
                        + " WHERE source_sums = ? AND target_sums = ? ORDER BY imported_at DESC LIMIT 1")) {
            statement.setString(1, sourceSums);
            statement.setString(2, targetSums);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Entry(
                                row.getString(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                sourceSums,
                                targetSums,
                                null))
                        : Optional.empty();
            }
        }
    }

    /** What imports noted that an export does not bring back. */
    public List<String> losses() throws SQLException {
        List<String> losses = new ArrayList<>();
        if (OwnTables.isThere(session, table) && hasLosses()) {
            try (Statement statement = session.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT losses FROM " + table + " WHERE losses IS NOT NULL ORDER BY imported_at")) {
                while (row.next()) {
                    losses.addAll(row.getString(1).lines().toList());
                }
            }
        }
        return losses;
    }

    /** A table of an earlier version has no such column. */
    private boolean hasLosses() throws SQLException {
        try (PreparedStatement statement = session.prepareStatement("SELECT EXISTS (SELECT 1 FROM pg_attribute"
                + " WHERE attrelid = to_regclass(?) AND attname = 'losses' AND NOT attisdropped)")) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** The last import, in words; null if there was none. */
    public String last() throws SQLException {
        return last("");
    }

    /** The last import of the same file that loaded the same rows of it, in words; null if there was none. */
    public String last(Entry same) throws SQLException {
        return last(" WHERE source_sums = ? AND target_sums = ?", same.sourceSums(), same.targetSums());
    }

    private String last(String condition, String... values) throws SQLException {
        if (!OwnTables.isThere(session, table)) {
            return null;
        }
        try (PreparedStatement statement = session.prepareStatement(
                "SELECT imported_rows, source, to_char(imported_at, 'YYYY-MM-DD HH24:MI:SS') FROM " + table + condition
                        + " ORDER BY imported_at DESC LIMIT 1")) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? "%s imported at %s UTC"
                                .formatted(
                                        Counted.of(
                                                row.getLong(1),
                                                "row of " + row.getString(2) + " was",
                                                "rows of " + row.getString(2) + " were"),
                                        row.getString(3))
                        : null;
            }
        }
    }
}
