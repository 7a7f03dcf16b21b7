package io.schemajob.importer.validate;

import io.schemajob.database.query.Identifiers;
import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.convert.Kind;
import io.schemajob.importer.mapping.ColumnPlan;
import io.schemajob.importer.mapping.TablePlan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;

/**
 * A few rows of a table, kept while they pass, to be looked up afterwards by their key and compared field by field. Sums
 * prove more; this is what a person can follow, and it does not rest on hashes.
 */
public final class Samples {
    /** Rows a table. */
    static final int MOST = 100;

    /** Kinds whose text is what the server reads, so that an index can find it. */
    private static final Set<Kind> INDEXED =
            EnumSet.of(Kind.UUID, Kind.INT2, Kind.INT4, Kind.INT8, Kind.TEXT, Kind.CHAR, Kind.ENUM, Kind.NUMERIC);

    private final TablePlan table;
    private final long step;
    private final List<CanonicalValue[]> kept = new ArrayList<>();
    private long seen;

    /** @param expected how many rows will pass, to spread the samples over all of them */
    public Samples(TablePlan table, long expected) {
        this.table = table;
        this.step = Math.max(1, expected / MOST);
    }

    public void offer(CanonicalValue[] row) {
        if (seen++ % step == 0 && kept.size() < MOST && !table.key().isEmpty()) {
            kept.add(row.clone());
        }
    }

    /** The number of rows compared so far as {@link #differences} will compare them. */
    public int size() {
        return kept.size();
    }

    /** Descriptions of fields that are not what they should be. */
    public List<String> differences(Connection session) throws SQLException {
        List<String> differences = new ArrayList<>();
        try (PreparedStatement statement = session.prepareStatement(sql())) {
            for (CanonicalValue[] row : kept) {
                int parameter = 1;
                for (int index : table.key()) {
                    ColumnPlan column = table.columns().get(index);
                    statement.setString(parameter++, column.kind().text(row[index]));
                }
                try (ResultSet found = statement.executeQuery()) {
                    compare(row, found, differences);
                }
            }
        }
        return differences;
    }

    private void compare(CanonicalValue[] row, ResultSet found, List<String> differences) throws SQLException {
        if (!found.next()) {
            differences.add(table.name() + " " + key(row) + " is not there");
            return;
        }
        for (int i = 0; i < row.length; i++) {
            ColumnPlan column = table.columns().get(i);
            String expected = row[i] == null ? null : column.kind().text(row[i]);
            if (!Objects.equals(expected, found.getString(i + 1))) {
                differences.add("%s %s: %s is %s, not %s"
                        .formatted(table.name(), key(row), column.name(), found.getString(i + 1), expected));
            }
        }
    }

    private String key(CanonicalValue[] row) {
        StringJoiner key = new StringJoiner(", ");
        table.key().forEach(index -> key.add(table.columns().get(index).kind().text(row[index])));
        return key.toString();
    }

    private String sql() {
        StringJoiner columns = new StringJoiner(", ");
        for (ColumnPlan column : table.columns()) {
            columns.add(ColumnHash.textSql(column.kind(), Identifiers.quote(column.name())));
        }
        StringJoiner key = new StringJoiner(" AND ");
        for (int index : table.key()) {
            ColumnPlan column = table.columns().get(index);
            String name = Identifiers.quote(column.name());
            boolean direct = INDEXED.contains(column.kind());
            String type = column.target().typeName();
            key.add(direct ? name + " = ?::" + type : ColumnHash.textSql(column.kind(), name) + " = ?");
        }
        return "SELECT " + columns + " FROM " + table.target().sql() + " WHERE " + key;
    }
}
