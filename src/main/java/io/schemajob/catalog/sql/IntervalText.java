package io.schemajob.catalog.sql;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The many ways to write an interval: {@code 1 week}, {@code 7 days}, {@code 01:00:00}. PostgreSQL keeps months, days
 * and time apart (its manual, "Interval Input"), and so does the form here.
 */
final class IntervalText {
    private static final Pattern PART = Pattern.compile(
            "\\s*(?:([-+]?[0-9]+(?:\\.[0-9]+)?)\\s*([a-z]+)|([-+]?)([0-9]+):([0-9]{2})(?::([0-9.]+))?)");

    private static final BigDecimal MINUTE = BigDecimal.valueOf(60);
    private static final BigDecimal HOUR = BigDecimal.valueOf(3600);
    private static final Map<String, Integer> MONTHS = Map.of("year", 12, "mon", 1, "month", 1, "decade", 120);
    private static final Map<String, Integer> DAYS = Map.of("day", 1, "week", 7);
    private static final Map<String, BigDecimal> SECONDS =
            Map.of("hour", HOUR, "minute", MINUTE, "min", MINUTE, "second", BigDecimal.ONE, "sec", BigDecimal.ONE);

    private IntervalText() {}

    /** One text for equal intervals; a text of another form stays as it is. */
    static String canonical(String text) {
        Matcher part = PART.matcher(text.toLowerCase(Locale.ROOT).strip());
        BigDecimal months = BigDecimal.ZERO;
        BigDecimal days = BigDecimal.ZERO;
        BigDecimal seconds = BigDecimal.ZERO;
        int end = 0;
        while (end < part.regionEnd() && part.find(end) && part.start() == end) {
            end = part.end();
            if (part.group(2) == null) {
                seconds = seconds.add(clock(part));
                continue;
            }
            BigDecimal amount = new BigDecimal(part.group(1));
            String unit = part.group(2).replaceFirst("(?<=..)s$", "");
            if (MONTHS.containsKey(unit)) {
                months = months.add(amount.multiply(BigDecimal.valueOf(MONTHS.get(unit))));
            } else if (DAYS.containsKey(unit)) {
                days = days.add(amount.multiply(BigDecimal.valueOf(DAYS.get(unit))));
            } else if (SECONDS.containsKey(unit)) {
                seconds = seconds.add(amount.multiply(SECONDS.get(unit)));
            } else {
                return text;
            }
        }
        boolean whole = end > 0 && end == part.regionEnd();
        return whole ? plain(months) + " months " + plain(days) + " days " + plain(seconds) + " seconds" : text;
    }

    private static BigDecimal clock(Matcher part) {
        BigDecimal time =
                HOUR.multiply(new BigDecimal(part.group(4))).add(MINUTE.multiply(new BigDecimal(part.group(5))));
        if (part.group(6) != null) {
            time = time.add(new BigDecimal(part.group(6)));
        }
        return part.group(3).equals("-") ? time.negate() : time;
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
