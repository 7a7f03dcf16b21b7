package io.schemajob.vault;

import java.time.Duration;

/**
 * How long to wait between tries: doubling from 200 ms to 5 s, each shortened at random by up to a half, so that the
 * pods of a fleet do not come back all at once.
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int DOUBLINGS = 5;

    private Backoff() {}

    /**
     * @param attempt the try that just failed, from 1
     * @param random from 0 to 1
     */
    static Duration after(int attempt, double random) {
        Duration full = FIRST.multipliedBy(1L << Math.min(attempt - 1, DOUBLINGS));
        long millis = Math.min(full.toMillis(), LONGEST.toMillis());
        return Duration.ofMillis(millis / 2 + Math.round(millis / 2.0 * random));
    }
}
