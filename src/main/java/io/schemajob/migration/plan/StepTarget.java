package io.schemajob.migration.plan;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.util.regex.Pattern;

/**
 * Reads what golang-migrate's users type after {@code up} and {@code down}: a bare number is a number of migrations, not
 * a version, whether a version of that number exists or not. Anything else is a {@link Target}.
 */
public final class StepTarget {
    /** Longer numbers, and those with leading zeros, are versions: nobody counts steps like that. */
    private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,3}");

    private StepTarget() {}

    /**
     * A target for {@code migrate}.
     *
     * @param text null for everything
     */
    public static String up(String text) {
        if (text == null) {
            return "head";
        }
        return COUNT.matcher(text).matches() ? "+" + text : text;
    }

    /**
     * A target for {@code rollback}. golang-migrate's {@code down} without a number drops everything after a question
     * that a job cannot answer; here it has to be said.
     *
     * @param text null where none is given
     * @param all whether everything was asked for in so many words
     * @throws io.schemajob.report.failure.SchemajobException USAGE unless it is exactly one of the two
     */
    public static String down(String text, boolean all) {
        if (all == (text != null)) {
            throw Failure.of(
                            ExitStatus.USAGE,
                            all
                                    ? "-all rolls back every migration, so it takes no number."
                                    : "down does not say how far.")
                    .databaseState("Not contacted.")
                    .hint(
                            "schemajob down 1 --yes rolls back the newest migration, schemajob down -all --yes every one.")
                    .asException();
        }
        if (all) {
            return "base";
        }
        return COUNT.matcher(text).matches() ? "-" + text : text;
    }
}
