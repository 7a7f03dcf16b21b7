package io.schemajob.report.log;

import java.time.Duration;
import java.util.Locale;

/**
 * How far a long piece of work has come.
 *
 * @param what is being worked on now, such as a table
 * @param done units so far
 * @param total units in all
 * @param elapsed since the work began
 * @param unit what is counted, in the plural
 */
public record Progress(String what, long done, long total, Duration elapsed, String unit) {
    private static final int BAR_WIDTH = 24;

    /** In a narrower one no movement is seen. */
    private static final int NARROWEST_BAR = 8;

    public Progress(String what, long done, long total, Duration elapsed) {
        this(what, done, total, elapsed, "rows");
    }

    /** Units a second. */
    public long rate() {
        return elapsed.isZero() ? 0 : Math.round(done / seconds(elapsed));
    }

    /** How long it will take at this rate; zero when nothing is known yet. */
    public Duration remaining() {
        long rate = rate();
        return rate == 0 ? Duration.ZERO : Duration.ofSeconds(Math.max(0, total - done) / rate);
    }

    public int percent() {
        return total == 0 ? 100 : (int) Math.min(100, 100 * done / total);
    }

    /** {@code 500 of 1,000 bytes (50 %)}. */
    public static String share(long done, long total, String unit) {
        Progress progress = new Progress("", done, total, Duration.ZERO, unit);
        return String.format(Locale.ROOT, "%,d of %,d %s (%d %%)", done, total, unit, progress.percent());
    }

    /** One line: {@code tasks: 500,000 of 1,000,200 rows (49 %), 210,000 rows/s, 2 s left}. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%s: %s, %,d %s/s, %s left",
                what,
                share(done, total, unit),
                rate(),
                unit,
                words(remaining()));
    }

    /**
     * The line with a bar in front of it, which gives way where there is no room for both.
     *
     * @param width of the longest line in characters
     */
    public String bar(int width) {
        String line = line();
        int room = Math.min(BAR_WIDTH, width - line.length() - "[] ".length());
        if (room < NARROWEST_BAR) {
            return line.substring(0, Math.max(0, Math.min(line.length(), width)));
        }
        int filled = percent() * room / 100;
        return "[" + "#".repeat(filled) + "-".repeat(room - filled) + "] " + line;
    }

    private static String words(Duration time) {
        long seconds = time.toSeconds();
        return seconds < 60 ? seconds + " s" : "%d min %02d s".formatted(seconds / 60, seconds % 60);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
