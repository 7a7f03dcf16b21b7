package io.schemajob.testing;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How much of what could be tried is tried: usually what differs, and everything with {@code -Pfull}, which a release and
 * each resolved issue have behind them. The one place that knows which of the two it is.
 */
public final class Matrix {
    public static final boolean FULL = Boolean.getBoolean("schemajob.full");

    /** The servers of a matrix: oldest, middle and newest, or every one. */
    public static final List<Integer> MAJORS = FULL ? Postgres.MAJORS : List.of(14, 16, Postgres.NEWEST);

    private Matrix() {}

    /** Every n-th of many cases of one kind, which stay the same ones; or all. */
    public static <T> List<T> every(int nth, List<T> all) {
        return IntStream.range(0, all.size())
                .filter(i -> FULL || i % nth == 0)
                .mapToObj(all::get)
                .toList();
    }

    /** The number of tries of a test whose cases are made up. */
    public static int tries(int usual, int whole) {
        return FULL ? whole : usual;
    }
}
