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
 * prove more; this is what a person can follow, and but for long values it does not rest on hashes.
 */
public final class Samples {
    /** Rows a table. */
    static final int MOST = 100;

    /** Kinds whose text is what the server reads, so that an index can find it. */
    private static final Set<Kind> INDEXED =
            EnumSet.of(Kind.UUID, Kind.INT2, Kind.INT4, Kind.INT8, Kind.TEXT, Kind.CHAR, Kind.ENUM, Kind.NUMERIC);

    /** Bytes of a value that are kept; of a longer one, its SHA-256 is. Those of a key are kept, as a row is found by them. */
    private static final int LONGEST = 1024;

    private final TablePlan table;
    private final long step;

    /** A row: its key, and its values as {@link #shortSql} makes them. */
    private record Sample(List<String> key, String[] values) {}

    private final List<Sample> kept = new ArrayList<>();
    private long seen;

    /** @param expected how many rows will pass, to spread the samples over all of them */
    public Samples(TablePlan table, long expected) {
        this.table = table;
        this.step = Math.max(1, expected / MOST);
    }

    public void offer(CanonicalValue[] row) {
        if (seen++ % step == 0 && kept.size() < MOST && !table.key().isEmpty()) {
            kept.add(sample(row));
        }
    }

    private Sample sample(CanonicalValue[] row) {
        String[] values = new String[row.length];
        for (int i = 0; i < row.length; i++) {
            values[i] = row[i] == null ? null : shortText(table.columns().get(i).kind(), row[i]);
        }
        return new Sample(
                table.key().stream()
                        .map(index -> table.columns().get(index).kind().text(row[index]))
                        .toList(),
                values);
    }

    private static String shortText(Kind kind, CanonicalValue value) {
        return kind.isNumber() || value.bytes().length <= LONGEST
                ? kind.text(value)
                : "sha256 " + ColumnHash.sha256(value.bytes());
    }

    /** The same on the server. */
    private static String shortSql(Kind kind, String column) {
        String text = ColumnHash.textSql(kind, column);
        if (kind.isNumber() || kind == Kind.UUID) {
            return text;
        }
        String whole = kind == Kind.BYTEA ? column : text;
        String bytes = kind == Kind.BYTEA ? column : "convert_to(%s, 'UTF8')".formatted(text);
        return "CASE WHEN octet_length(%s) <= %d THEN %s ELSE 'sha256 ' || encode(sha256(%s), 'hex') END"
                .formatted(whole, LONGEST, text, bytes);
    }

    /** The number of rows compared so far as {@link #differences} will compare them. */
    public int size() {
        return kept.size();
    }

    /** Descriptions of fields that are not what they should be. */
    public List<String> differences(Connection session) throws SQLException {
        List<String> differences = new ArrayList<>();
        try (PreparedStatement statement = session.prepareStatement(sql())) {
            for (Sample row : kept) {
                int parameter = 1;
                for (String key : row.key()) {
                    statement.setString(parameter++, key);
                }
                try (ResultSet found = statement.executeQuery()) {
                    compare(row, found, differences);
                }
            }
        }
        return differences;
    }

    private void compare(Sample row, ResultSet found, List<String> differences) throws SQLException {
        if (!found.next()) {
            differences.add(table.name() + " " + String.join(", ", row.key()) + " is not there");
            return;
        }
        for (int i = 0; i < row.values().length; i++) {
            ColumnPlan column = table.columns().get(i);
            String expected = row.values()[i];
            if (!Objects.equals(expected, found.getString(i + 1))) {
                differences.add("%s %s: %s is %s, not %s"
                        .formatted(
                                table.name(),
                                String.join(", ", row.key()),
                                column.name(),
                                found.getString(i + 1),
                                expected));
            }
        }
    }

    private String sql() {
        StringJoiner columns = new StringJoiner(", ");
        for (ColumnPlan column : table.columns()) {
            columns.add(shortSql(column.kind(), Identifiers.quote(column.name())));
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
