package io.schemajob.report.cancel;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait between tries: doubling from the first pause to the longest, each shortened at random by up to a
 * half, so that the pods of a fleet do not come back all at once.
 *
 * @param first the full pause after the first try
 * @param longest what doubling ends at
 */
public record Backoff(Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 30;

    /**
     * The pause.
     *
     * @param attempt the try that just failed, from 1
     */
    public Duration after(int attempt) {
        return after(attempt, ThreadLocalRandom.current().nextDouble());
    }

    /**
     * The pause, but never past the end of a wait.
     *
     * @param attempt the try that just failed, from 1
     * @param left until the end
     */
    public Duration after(int attempt, Duration left) {
        Duration pause = after(attempt);
        return pause.compareTo(left) < 0 ? pause : left;
    }

    /**
     * The pause, decided by the caller's random number.
     *
     * @param random from 0 to 1
     */
    public Duration after(int attempt, double random) {
        double full = first.toMillis() * Math.pow(2, Math.min(attempt - 1, MOST_DOUBLINGS));
        double millis = Math.min(full, longest.toMillis());
        return Duration.ofMillis(Math.round(millis / 2 + millis / 2 * random));
    }
}
