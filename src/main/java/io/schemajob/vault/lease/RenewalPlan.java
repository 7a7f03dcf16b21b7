package io.schemajob.vault.lease;

import java.time.Duration;

/** When to renew: the arithmetic, apart from the doing. */
public final class RenewalPlan {
    private static final Duration SHORTEST = Duration.ofMillis(250);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);

    /** Vault counts in whole seconds; a renewal that gains no more than this has met its maximum. */
    private static final Duration GAIN = Duration.ofSeconds(1);

    private RenewalPlan() {}

    /** At two thirds of what is left, which leaves a third for tries that fail. */
    public static Duration afterGrant(Duration left) {
        return longer(SHORTEST, left.multipliedBy(2).dividedBy(3));
    }

    /** Soon again, but several times before the end. */
    public static Duration afterFailure(Duration left) {
        Duration third = left.dividedBy(3);
        return longer(SHORTEST, third.compareTo(LONGEST_RETRY) < 0 ? third : LONGEST_RETRY);
    }

    /**
     * Whether the maximum is reached, so that further renewals are of no use.
     *
     * @param left what was left before the renewal
     * @param granted what is left after it
     */
    public static boolean exhausted(Duration left, Duration granted) {
        return granted.minus(left).compareTo(GAIN) <= 0;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
