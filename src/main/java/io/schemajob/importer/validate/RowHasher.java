package io.schemajob.importer.validate;

import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.mapping.ColumnPlan;
import io.schemajob.importer.mapping.TablePlan;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts and sums up the rows of a table as they pass: how many, and for each column how many values and the sum of
 * their hashes. Sums are exact, in 128 bits like the server's.
 */
public final class RowHasher {
    private final ColumnPlan[] columns;
    private final int[] key;
    private final long[] values;
    private final long[] low;
    private final long[] high;
    private long rows;

    public RowHasher(TablePlan table) {
        this.columns = table.columns().toArray(ColumnPlan[]::new);
        this.key = table.key().stream().mapToInt(Integer::intValue).toArray();
        this.values = new long[columns.length];
        this.low = new long[columns.length];
        this.high = new long[columns.length];
    }

    public void add(CanonicalValue[] row) {
        long seed = key.length == 0 ? ofWholeRow(row) : ofKey(row);
        for (int i = 0; i < columns.length; i++) {
            if (row[i] != null) {
                add(i, ColumnHash.of(columns[i].kind(), row[i], seed));
            }
        }
        rows++;
    }

    private long ofKey(CanonicalValue[] row) {
        long seed = 0;
        for (int column : key) {
            seed = ColumnHash.of(columns[column].kind(), row[column], seed);
        }
        return seed;
    }

    private long ofWholeRow(CanonicalValue[] row) {
        long[] hashes = new long[columns.length];
        for (int i = 0; i < columns.length; i++) {
            hashes[i] = row[i] == null ? 0 : PostgresHash.ofLong(ColumnHash.of(columns[i].kind(), row[i], 0), 0);
        }
        return PostgresHash.ofHashes(hashes);
    }

    /** Counts a row only where its key is there: one whose key did not fit is in no target. */
    public void addIfComplete(CanonicalValue[] row) {
        for (int column : key) {
            if (row[column] == null) {
                rows++;
                return;
            }
        }
        add(row);
    }

    private void add(int column, long hash) {
        long sum = low[column] + hash;
        boolean carry = Long.compareUnsigned(sum, low[column]) < 0;
        high[column] += (hash >> 63) + (carry ? 1 : 0);
        low[column] = sum;
        values[column]++;
    }

    public Checksums sums() {
        List<Checksums.Column> list = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            BigInteger unsigned = new BigInteger(Long.toUnsignedString(low[i]));
            BigInteger sum = BigInteger.valueOf(high[i]).shiftLeft(Long.SIZE).add(unsigned);
            list.add(new Checksums.Column(columns[i].name(), values[i], sum));
        }
        return new Checksums(rows, List.copyOf(list));
    }
}
