package io.schemajob.lint.finding;

import java.util.Locale;
import java.util.Optional;

/** How much a finding matters; the worst first. */
public enum Severity {
    /** Stops the application or the migration on a table that is in use. */
    ERROR,
    /** Can do so, depending on what the application does. */
    WARNING,
    /** Worth knowing. */
    INFO;

    /** Whether this is at least as bad as a level. */
    public boolean reaches(Severity level) {
        return compareTo(level) <= 0;
    }

    public static Optional<Severity> parse(String text) {
        for (Severity severity : values()) {
            if (severity.toString().equals(text)) {
                return Optional.of(severity);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
