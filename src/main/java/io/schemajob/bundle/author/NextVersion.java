package io.schemajob.bundle.author;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version that follows the newest one, written as its predecessors are, because the files of a bundle are read in a
 * sorted list. Versions that are dates go on with today's: that is what they were meant to say.
 */
final class NextVersion {
    private static final String FIRST = "001";

    /** Digits of a point in time: golang-migrate's default has 14, some people leave the seconds out. */
    private static final Pattern TIME = Pattern.compile("(?:19|20)\\d{10}(?:\\d{2})?");

    private static final Pattern DATE_AND_NUMBER = Pattern.compile("((?:19|20)\\d{6})([._])(\\d+)");
    private static final Pattern DATE = Pattern.compile("(?:19|20)\\d{6}");
    private static final Pattern LAST_NUMBER = Pattern.compile("(.*?)(\\d+)");
    private static final int DAYS_WIDTH = 8;
    private static final DateTimeFormatter DAYS =
            DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);

    private NextVersion() {}

    /** @param newest as written, or null for none @param now in UTC */
    static String after(String newest, LocalDateTime now) {
        if (newest == null) {
            return FIRST;
        }
        Matcher numbered = DATE_AND_NUMBER.matcher(newest);
        if (numbered.matches() && isDate(numbered.group(1))) {
            return dated(numbered, now.toLocalDate());
        } else if (DATE.matcher(newest).matches() && isDate(newest)) {
            return later(
                    newest,
                    DAYS.format(now),
                    LocalDate.parse(newest, DAYS).plusDays(1).format(DAYS));
        } else if (TIME.matcher(newest).matches() && isDate(newest.substring(0, DAYS_WIDTH))) {
            return timed(newest, now);
        }
        Matcher last = LAST_NUMBER.matcher(newest);
        last.matches();
        return last.group(1) + increment(last.group(2));
    }

    /** A point in time, as goose and dbmate begin. */
    static String time(LocalDateTime now) {
        return DateTimeFormatter.ofPattern("uuuuMMddHHmmss").format(now);
    }

    private static String dated(Matcher newest, LocalDate today) {
        String day = DAYS.format(today);
        if (day.compareTo(newest.group(1)) > 0) {
            return day + newest.group(2) + pad("1", newest.group(3).length());
        }
        return newest.group(1) + newest.group(2) + increment(newest.group(3));
    }

    private static String timed(String newest, LocalDateTime now) {
        boolean seconds = newest.length() > "uuuuMMddHHmm".length();
        DateTimeFormatter format = DateTimeFormatter.ofPattern(seconds ? "uuuuMMddHHmmss" : "uuuuMMddHHmm");
        try {
            LocalDateTime time = LocalDateTime.parse(newest, format);
            return later(
                    newest, format.format(now), format.format(seconds ? time.plusSeconds(1) : time.plusMinutes(1)));
        } catch (DateTimeException e) {
            return increment(newest);
        }
    }

    private static String later(String newest, String now, String otherwise) {
        return now.compareTo(newest) > 0 ? now : otherwise;
    }

    private static boolean isDate(String digits) {
        try {
            LocalDate.parse(digits, DAYS);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static String increment(String digits) {
        return pad(new BigInteger(digits).add(BigInteger.ONE).toString(), digits.length());
    }

    private static String pad(String digits, int width) {
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }
}
