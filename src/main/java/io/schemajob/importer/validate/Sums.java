package io.schemajob.importer.validate;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * What a table holds, in a form that is the same on both sides whatever the order of its rows.
 *
 * @param rows how many
 * @param columns those that are loaded
 */
public record Sums(long rows, List<Column> columns) {
    /**
     * A column.
     *
     * @param values how many are not NULL
     * @param sum of the hashes of all values
     */
    public record Column(String name, long values, BigInteger sum) {}

    /** What was added since, in a table that had rows before. */
    public Sums minus(Sums before) {
        List<Column> rest = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column now = columns.get(i);
            Column then = before.columns.get(i);
            rest.add(new Column(
                    now.name(), now.values() - then.values(), now.sum().subtract(then.sum())));
        }
        return new Sums(rows - before.rows, List.copyOf(rest));
    }
}
