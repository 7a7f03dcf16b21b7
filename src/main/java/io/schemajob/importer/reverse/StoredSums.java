package io.schemajob.importer.reverse;

import io.schemajob.importer.convert.SourceValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums over the values of a SQLite table by their own type, column by column: what was meant to be stored against what
 * SQLite has stored, without a converter in between that would take the one for the other.
 */
public final class StoredSums {
    private static final long PRIME = 0x100000001b3L;
    private static final long BASIS = 0xcbf29ce484222325L;

    private final long[] sums;

    public StoredSums(int columns) {
        this.sums = new long[columns];
    }

    public void add(SourceValue[] row) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += hash(row[i]);
        }
    }

    private static long hash(SourceValue value) {
        long hash = (BASIS ^ value.type().ordinal()) * PRIME;
        // SQLite has one zero.
        hash = (hash ^ value.integer() ^ Double.doubleToLongBits(value.real() == 0 ? 0 : value.real())) * PRIME;
        if (value.bytes() != null) {
            for (byte b : value.bytes()) {
                hash = (hash ^ b) * PRIME;
            }
        }
        // Spreads the bits, so that sums of neighbours do not meet.
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        return hash ^ hash >>> 33;
    }

    /** The columns in which the other differs. */
    public List<String> differences(StoredSums other, List<String> columns) {
        List<String> different = new ArrayList<>();
        for (int i = 0; i < sums.length; i++) {
            if (sums[i] != other.sums[i]) {
                different.add(columns.get(i));
            }
        }
        return different;
    }
}
