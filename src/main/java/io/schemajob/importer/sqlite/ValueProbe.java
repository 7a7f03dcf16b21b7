package io.schemajob.importer.sqlite;

import io.schemajob.importer.convert.SourceValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;

/** Asks SQLite what it makes of values that are stored in columns of given types. */
public final class ValueProbe implements AutoCloseable {
    private static final String TABLE = "temp.schemajob_probe";

    private final Connection sqlite;
    private final PreparedStatement insert;
    private final String select;
    private final int columns;

    /** @param types as declared; null for a column that SQLite computes, whose values stay as they are */
    public ValueProbe(Connection sqlite, List<String> types) throws SQLException {
        this.sqlite = sqlite;
        this.columns = types.size();
        StringJoiner declared = new StringJoiner(", ");
        StringJoiner names = new StringJoiner(", ");
        for (int i = 0; i < columns; i++) {
            declared.add("c" + i + " " + (types.get(i) == null ? "" : types.get(i)));
            names.add("c" + i);
        }
        execute("CREATE TABLE " + TABLE + " (" + declared + ")");
        this.insert = sqlite.prepareStatement(
                "INSERT INTO %s VALUES (%s)".formatted(TABLE, String.join(", ", Collections.nCopies(columns, "?"))));
        this.select = "SELECT 0, " + names + " FROM " + TABLE;
    }

    /** The row as SQLite has it. */
    public SourceValue[] stored(SourceValue[] row) throws SQLException {
        execute("DELETE FROM " + TABLE);
        for (int i = 0; i < columns; i++) {
            Sqlite.bind(insert, i + 1, row[i]);
        }
        insert.executeUpdate();
        SourceRow[] batch = SourceRow.batch(1, columns);
        try (RowReader reader = RowReader.of(sqlite, sqlite.prepareStatement(select), columns)) {
            reader.next(batch);
            return batch[0].values();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = sqlite.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        execute("DROP TABLE " + TABLE);
    }
}
