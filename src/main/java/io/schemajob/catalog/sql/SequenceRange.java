package io.schemajob.catalog.sql;

import java.util.List;

/**
 * The values that a sequence may have. PostgreSQL refuses a range that does not hold the sequence's last value, also when
 * nobody has ever taken one: then the sequence has to begin anew in between.
 *
 * @param low smallest value
 * @param high largest value
 */
public record SequenceRange(long low, long high) {
    /**
     * The statements that alter a sequence.
     *
     * @param alter begins each of them: {@code ALTER SEQUENCE s}
     * @param set stands before each option: {@code SET} for identity columns, empty for sequences
     * @param sequence an SQL expression of type {@code regclass}
     * @param options all that change, with their first word {@code set}
     * @param to the new range
     * @param start where the new range begins
     * @param turned whether it counts the other way afterwards
     * @return one statement where the new range holds the old one
     */
    public List<String> alter(
            String alter, String set, String sequence, String options, SequenceRange to, long start, boolean turned) {
        // What no bound means depends on the direction, which changes only with the last statement.
        boolean open = Math.min(low, to.low) == Long.MIN_VALUE || Math.max(high, to.high) == Long.MAX_VALUE;
        if (to.low <= low && to.high >= high) {
            return List.of(alter + options);
        } else if (high < 0 != to.high < 0 || turned && open) {
            // It counts the other way now: no value that was taken can be the last one.
            return List.of(alter + options + " RESTART");
        }
        return List.of(
                alter + set + bound("MINVALUE", Math.min(low, to.low), Long.MIN_VALUE) + " " + set
                        + bound("MAXVALUE", Math.max(high, to.high), Long.MAX_VALUE),
                "SELECT setval(s, %d, false) FROM (SELECT %s) q (s) WHERE (pg_sequence_last_value(s) BETWEEN %d AND %d) IS NOT TRUE"
                        .formatted(start, sequence, to.low, to.high),
                alter + options);
    }

    /** The largest bound is written as none, since that of a smaller type is smaller. */
    private static String bound(String word, long value, long none) {
        return value == none ? "NO " + word : word + " " + value;
    }
}
