package io.schemajob.database.watch;

import java.time.Duration;

/**
 * Decides whether a session that says nothing is at work or lost. A statement may take hours, so silence alone proves
 * nothing: another session is asked what the server process does.
 */
public final class Silence {
    /** What another session says of the server process of a silent one. */
    enum Sign {
        /** At work, or nothing can be said against it. */
        WORKING,
        /** The process waits for us while we wait for it: a request or an answer was lost on the way. */
        WAITS_FOR_US,
        /** There is no such process any more. */
        GONE,
        /** Nobody answers another session either. */
        UNREACHABLE
    }

    /**
     * How long is how long.
     *
     * @param quiet a session that says nothing for so long is asked about
     * @param pause between two questions
     * @param lost nobody is given up before so long a silence
     */
    public record Limits(Duration quiet, Duration pause, Duration lost) {
        /** For tests alone: the longest silence in milliseconds. */
        private static final String PROPERTY = "schemajob.internal.silence";

        public static Limits current() {
            long lost = Long.getLong(PROPERTY, 60_000L);
            return new Limits(Duration.ofMillis(lost / 4), Duration.ofMillis(lost / 4), Duration.ofMillis(lost));
        }
    }

    private final Limits limits;
    private long wait;
    private boolean bad;
    private long badSince;

    Silence(Limits limits) {
        this.limits = limits;
    }

    /**
     * Takes note of a sign.
     *
     * @param wait when the wait began, as {@link System#nanoTime} counts; another number is another wait
     * @param now as {@link System#nanoTime} counts
     * @return whether the session is lost: the signs have been bad for half of the limit, so that an answer that was on
     *     its way has had time to arrive
     */
    boolean lost(Sign sign, long wait, long now) {
        if (sign == Sign.WORKING) {
            bad = false;
            return false;
        }
        if (!bad || this.wait != wait) {
            bad = true;
            this.wait = wait;
            badSince = now;
            return false;
        }
        long half = limits.lost().toNanos() / 2;
        return now - wait >= limits.lost().toNanos() && now - badSince >= half;
    }

    /** The sentence for people. */
    static String describe(Sign sign, Duration silence, String address) {
        String how =
                switch (sign) {
                    case WAITS_FOR_US -> ", and its server process waits for us: a message was lost on the way";
                    case GONE -> ", and its server process is gone";
                    default -> ", and neither does another session";
                };
        return "PostgreSQL at %s has not answered for %d s%s".formatted(address, silence.toSeconds(), how);
    }
}
