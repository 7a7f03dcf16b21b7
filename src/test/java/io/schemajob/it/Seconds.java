package io.schemajob.it;

/** Reads a stopwatch. */
final class Seconds {
    private Seconds() {}

    /** Seconds since a {@link System#nanoTime}. */
    static double since(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1e9;
    }
}
