package io.schemajob.report.text;

import java.time.Duration;

/** Times in sentences. */
public final class Durations {
    private Durations() {}

    /** Such as {@code 30 s}; below that what is not a whole second is told, as "within 0 s" explains nothing. */
    public static String text(Duration time) {
        return time.toSeconds() < 10 && time.toMillis() % 1000 != 0 ? time.toMillis() + " ms" : time.toSeconds() + " s";
    }
}
