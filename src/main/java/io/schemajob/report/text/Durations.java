package io.schemajob.report.text;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write and read them. */
public final class Durations {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private Durations() {}

    /** Such as {@code 30 s}; below that what is not a whole second is told, as "within 0 s" explains nothing. */
    public static String text(Duration time) {
        return time.toSeconds() < 10 && time.toMillis() % 1000 != 0 ? time.toMillis() + " ms" : time.toSeconds() + " s";
    }

    /** A whole number with ms, s, m or h; {@code 0} needs no unit. Empty for anything else. */
    public static Optional<Duration> parse(String written) {
        Matcher time = WRITTEN.matcher(written);
        if (!time.matches()) {
            return written.equals("0") ? Optional.of(Duration.ZERO) : Optional.empty();
        }
        long number = Long.parseLong(time.group(1));
        return Optional.of(
                switch (time.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofHours(number);
                });
    }
}
