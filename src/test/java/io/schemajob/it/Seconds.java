package io.schemajob.it;

import io.schemajob.testing.Promptly;

/** Reads a stopwatch. */
final class Seconds {
    static final double PROMPTLY = Promptly.LIMIT.toSeconds();

    private Seconds() {}

    /** Seconds since a {@link System#nanoTime}. */
    static double since(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1e9;
    }
}
