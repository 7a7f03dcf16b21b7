package io.schemajob.importer.reverse;

import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.validate.PostgresHash;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums over the values of a SQLite table by their own type, column by column: what was meant to be stored against what
 * SQLite has stored, without a converter in between that would take the one for the other.
 */
public final class StoredSums {
    private final long[] sums;

    /** Sum of the hashes of whole rows, as values that changed places make no other sum of a column. */
    private long rows;

    public StoredSums(int columns) {
        this.sums = new long[columns];
    }

    public void add(SourceValue[] row) {
        long whole = 0;
        for (int i = 0; i < sums.length; i++) {
            long hash = hash(row[i]);
            sums[i] += hash;
            whole = PostgresHash.ofLong(hash, whole);
        }
        rows += whole;
    }

    private static long hash(SourceValue value) {
        long seed = value.type().ordinal() + 1;
        if (value.bytes() != null) {
            return PostgresHash.ofBytes(value.bytes(), seed);
        }
        // SQLite has one zero.
        long bits = Double.doubleToLongBits(value.real() == 0 ? 0 : value.real());
        return PostgresHash.ofLong(value.integer() ^ bits, seed);
    }

    /** The columns in which the other differs; all of them where values of one are in each other's rows. */
    public List<String> differences(StoredSums other, List<String> columns) {
        List<String> different = new ArrayList<>();
        for (int i = 0; i < sums.length; i++) {
            if (sums[i] != other.sums[i]) {
                different.add(columns.get(i));
            }
        }
        return different.isEmpty() && rows != other.rows ? columns : different;
    }
}
