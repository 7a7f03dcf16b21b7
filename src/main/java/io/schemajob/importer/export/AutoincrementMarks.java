package io.schemajob.importer.export;

import io.schemajob.importer.load.DrawnSequence;
import io.schemajob.importer.load.SequenceReader;
import io.schemajob.importer.mapping.SourceColumn;
import io.schemajob.importer.mapping.TablePlan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Gives SQLite's AUTOINCREMENT the numbers that PostgreSQL's sequences have given out since, so that the id of a row that was
 * deleted is not given to another one.
 */
public final class AutoincrementMarks {
    private static final String RAISE = "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?";
    private static final String ADD =
            """
            INSERT INTO sqlite_sequence (name, seq) SELECT m.name, ? FROM sqlite_master m
             WHERE m.type = 'table' AND m.name = ? AND m.sql LIKE '%AUTOINCREMENT%'
               AND NOT EXISTS (SELECT 1 FROM sqlite_sequence q WHERE q.name = m.name)
            """;

    private AutoincrementMarks() {}

    /** @param sqlite with the rows of the table in it */
    public static void write(Connection session, Connection sqlite, TablePlan table) throws SQLException {
        List<SourceColumn> key = table.source().columns().stream()
                .filter(column -> column.keyPosition() > 0)
                .toList();
        if (key.size() != 1 || !hasMarks(sqlite)) {
            return;
        }
        for (DrawnSequence sequence :
                SequenceReader.read(session, table.target().sql())) {
            int index = table.index(sequence.column());
            boolean rowid = index >= 0
                    && key.get(0).name().equals(table.columns().get(index).sourceName());
            if (rowid && sequence.readable() && !sequence.descending()) {
                DrawnSequence.Position position = sequence.position(session);
                if (position.called()) {
                    mark(sqlite, RAISE, position.last(), table.source().name());
                    mark(sqlite, ADD, position.last(), table.source().name());
                }
            }
        }
    }

    private static boolean hasMarks(Connection sqlite) throws SQLException {
        try (PreparedStatement statement =
                        sqlite.prepareStatement("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_sequence'");
                var row = statement.executeQuery()) {
            return row.next() && row.getInt(1) > 0;
        }
    }

    private static void mark(Connection sqlite, String sql, long number, String table) throws SQLException {
        try (PreparedStatement statement = sqlite.prepareStatement(sql)) {
            statement.setLong(1, number);
            statement.setString(2, table);
            statement.executeUpdate();
        }
    }
}
