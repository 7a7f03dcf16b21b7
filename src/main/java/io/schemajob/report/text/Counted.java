package io.schemajob.report.text;

/** Numbers of things, with the word in the number that goes with them. */
public final class Counted {
    private Counted() {}

    /** Such as {@code 1 row} or {@code 1,200 rows}. */
    public static String of(long count, String one) {
        return of(count, one, one + "s");
    }

    /** The same, of words and sentences that need more than an s: {@code 1 row was read}, {@code 2 rows were read}. */
    public static String of(long count, String one, String many) {
        return "%,d %s".formatted(count, count == 1 ? one : many);
    }
}
