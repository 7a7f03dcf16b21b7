package io.schemajob.importer.validate;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a table holds, in a form that is the same on both sides whatever the order of its rows.
 *
 * @param rows how many
 * @param columns those that are loaded
 */
public record Checksums(long rows, List<Column> columns) {
    /**
     * A column.
     *
     * @param values how many are not NULL
     * @param sum of the hashes of all values
     */
    public record Column(String name, long values, BigInteger sum) {}

    /** A fingerprint of what all tables hold, to be kept: two are equal where all counts and sums are. */
    public static String digest(Map<String, Checksums> tables) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(tables).forEach((name, sums) -> {
            text.append(name).append('\n').append(sums.rows).append('\n');
            for (Column column : sums.columns) {
                text.append("%s %d %x\n".formatted(column.name(), column.values(), column.sum()));
            }
        });
        return ColumnHash.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What was added since, in a table that had rows before. */
    public Checksums minus(Checksums before) {
        List<Column> rest = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column now = columns.get(i);
            Column then = before.columns.get(i);
            rest.add(new Column(
                    now.name(), now.values() - then.values(), now.sum().subtract(then.sum())));
        }
        return new Checksums(rows - before.rows, List.copyOf(rest));
    }
}
