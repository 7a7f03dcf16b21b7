package io.schemajob.importer.convert;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Dates and times in forms of the application's own ({@code format:}), tried in their order, and the way back.
 *
 * @see DateTimeFormatter
 */
public final class TimeFormats {
    /** ISO 8601 as it is read where no format is named. */
    public static final String ISO = "iso";

    private static final LocalDateTime SAMPLE = LocalDateTime.of(2017, 11, 23, 21, 43, 56);

    private final List<String> patterns;

    /** Null stands for {@link #ISO}. */
    private final List<DateTimeFormatter> formatters = new ArrayList<>();

    /**
     * The formats.
     *
     * @param patterns of java.time, or {@link #ISO}
     * @throws IllegalArgumentException with a clause that says what is wrong with one
     */
    public TimeFormats(List<String> patterns) {
        this.patterns = List.copyOf(patterns);
        patterns.forEach(pattern -> formatters.add(pattern.equals(ISO) ? null : formatter(pattern)));
    }

    private static DateTimeFormatter formatter(String pattern) {
        DateTimeFormatter formatter =
                DateTimeFormatter.ofPattern(proleptic(pattern), Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
        try {
            LocalDate day = formatter
                    .parse(formatter.format(SAMPLE.atZone(ZoneId.of("UTC"))))
                    .query(TemporalQueries.localDate());
            if (day != null) {
                return formatter;
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("does not read what it writes", e);
        }
        throw new IllegalArgumentException("names no year, month and day");
    }

    /** {@code yyyy} is a year of an era, which a strict reader wants to be told. */
    private static String proleptic(String pattern) {
        StringBuilder result = new StringBuilder();
        boolean quoted = false;
        for (char c : pattern.toCharArray()) {
            quoted ^= c == '\'';
            result.append(c == 'y' && !quoted && pattern.indexOf('G') < 0 ? 'u' : c);
        }
        return result.toString();
    }

    /** A moment, or a local time if the text has no zone and the target none either. */
    record Moment(long epochSecond, int nanos) {}

    /** @param zone assumed where the text has none */
    Moment read(byte[] bytes, ZoneId zone) throws ConversionException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        for (DateTimeFormatter formatter : formatters) {
            try {
                if (formatter == null) {
                    return new TimestampText(bytes, zone, TimestampText.NANOS, Fraction.REJECT).moment();
                }
                return moment(formatter.parse(text), zone);
            } catch (DateTimeException | ConversionException e) {
                // Perhaps the next one.
            }
        }
        String which = String.join("\", \"", patterns);
        throw new ConversionException("is not a date in the format \"" + which + '"');
    }

    private static Moment moment(TemporalAccessor parsed, ZoneId zone) throws ConversionException {
        LocalDate day = parsed.query(TemporalQueries.localDate());
        LocalTime time = parsed.query(TemporalQueries.localTime());
        ZoneId given = parsed.query(TemporalQueries.zone());
        LocalDateTime local = LocalDateTime.of(day, time == null ? LocalTime.MIDNIGHT : time);
        long second = local.toEpochSecond(java.time.ZoneOffset.UTC);
        int offset = TimestampText.assumedOffset(second, given == null ? zone : given);
        return new Moment(second - offset, local.getNano());
    }

    /**
     * The text of the first format that says all of the moment; of the first if none does. Null where that is
     * {@link #ISO}.
     */
    public String text(LocalDateTime local, ZoneId zone) {
        for (DateTimeFormatter formatter : formatters) {
            if (formatter == null) {
                return null;
            }
            String text = formatter.format(local.atZone(zone));
            try {
                Moment back = moment(formatter.parse(text), zone);
                if (back.epochSecond() == local.atZone(zone).toEpochSecond() && back.nanos() == local.getNano()) {
                    return text;
                }
            } catch (DateTimeException | ConversionException e) {
                // It does not say all.
            }
        }
        return formatters.get(0) == null ? null : formatters.get(0).format(local.atZone(zone));
    }

    public boolean isEmpty() {
        return formatters.isEmpty();
    }
}
