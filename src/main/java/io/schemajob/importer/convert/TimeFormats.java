package io.schemajob.importer.convert;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;

/**
 * Dates and times in forms of the application's own ({@code format:}), tried in their order, and the way back.
 *
 * @see DateTimeFormatter
 */
public final class TimeFormats {
    /** ISO 8601 as it is read where no format is named. */
    public static final String ISO = "iso";

    private static final LocalDateTime SAMPLE = LocalDateTime.of(2017, 11, 23, 21, 43, 56);

    private static final int LAST_YEAR = 9999;

    /** Of a time of which the hour is missing. */
    private static final List<ChronoField> TIMES = List.of(
            ChronoField.HOUR_OF_AMPM,
            ChronoField.CLOCK_HOUR_OF_AMPM,
            ChronoField.MINUTE_OF_HOUR,
            ChronoField.SECOND_OF_MINUTE,
            ChronoField.NANO_OF_SECOND);

    private final List<String> patterns;

    /** Null stands for {@link #ISO}. */
    private final List<DateTimeFormatter> formatters = new ArrayList<>();

    /** None: times are read as ISO 8601. */
    public TimeFormats() {
        this(List.of(), ZoneOffset.UTC, null);
    }

    /**
     * The formats.
     *
     * @param patterns of java.time, or {@link #ISO}
     * @param zone that is assumed where a text has none
     * @param yearsFrom the first of the hundred years that those of two digits are; null if nothing says so
     * @throws IllegalArgumentException with a clause that says what is wrong with one
     */
    public TimeFormats(List<String> patterns, ZoneId zone, Integer yearsFrom) {
        this.patterns = List.copyOf(patterns);
        patterns.forEach(pattern -> formatters.add(
                pattern.equals(ISO) ? null : formatter(pattern, new TimePattern(pattern), zone, yearsFrom)));
    }

    /** Whether one of them has years of two digits. */
    public boolean hasYearOfTwoDigits() {
        return patterns.stream().filter(pattern -> !pattern.equals(ISO)).anyMatch(pattern -> new TimePattern(pattern)
                .hasYearOfTwoDigits());
    }

    private static DateTimeFormatter formatter(String written, TimePattern pattern, ZoneId zone, Integer yearsFrom) {
        pattern.fault(zone, yearsFrom != null).ifPresent(fault -> {
            throw new IllegalArgumentException(written + " is ambiguous: " + fault);
        });
        String wrong = written + " is no date format of java.time, or iso: ";
        try {
            DateTimeFormatter formatter = pattern.formatter(yearsFrom == null ? 0 : yearsFrom);
            TemporalAccessor sample = formatter.parse(formatter.format(SAMPLE.atZone(ZoneId.of("UTC"))));
            if (sample.query(TemporalQueries.localDate()) == null) {
                throw new IllegalArgumentException("names no year, month and day");
            }
            if (pattern.hasTime() && sample.query(TemporalQueries.localTime()) == null) {
                throw new IllegalArgumentException(
                        "names no time of day: that needs H, or h and a, before minutes, and these before seconds");
            }
            return formatter;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(wrong + "does not read what it writes", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(wrong + e.getMessage(), e);
        }
    }

    /** A moment, or a local time if the text has no zone and the target none either. */
    record Moment(long epochSecond, int nanos) {}

    /** @param zone assumed where the text has none */
    Moment read(byte[] bytes, ZoneId zone) throws ConversionException {
        return read(
                bytes,
                () -> new TimestampText(bytes, zone, TimestampText.NANOS, Fraction.REJECT).moment(),
                parsed -> moment(parsed, zone));
    }

    /**
     * The day of a calendar in a zone, which for a text without a zone is the day that it names.
     *
     * @param time what becomes of a time of day
     */
    long epochDay(byte[] bytes, ZoneId zone, Fraction time) throws ConversionException {
        return read(bytes, () -> TimestampText.epochDay(bytes, time), parsed -> {
            LocalDateTime local = local(parsed);
            if (zone(parsed) != null) {
                Moment moment = moment(parsed, zone);
                local = Instant.ofEpochSecond(moment.epochSecond(), moment.nanos())
                        .atZone(zone)
                        .toLocalDateTime();
            }
            if (time == Fraction.REJECT && !local.toLocalTime().equals(LocalTime.MIDNIGHT)) {
                throw new ConversionException("has a time of day, and the column is a date");
            }
            return local.toLocalDate().toEpochDay();
        });
    }

    private interface Reader<T> {
        T of(TemporalAccessor parsed) throws ConversionException;
    }

    private interface IsoReader<T> {
        T read() throws ConversionException;
    }

    /** By the first format that takes the text; what is wrong with a text that has a format is told in its own words. */
    private <T> T read(byte[] bytes, IsoReader<T> iso, Reader<T> reader) throws ConversionException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        String which = String.join("\", \"", patterns);
        ConversionException reason = new ConversionException("is not a date in the format \"" + which + '"');
        for (DateTimeFormatter formatter : formatters) {
            if (formatter == null) {
                try {
                    return iso.read();
                } catch (ConversionException e) {
                    continue;
                }
            }
            try {
                return reader.of(formatter.parse(text));
            } catch (ConversionException e) {
                reason = e;
            } catch (DateTimeException e) {
                // Perhaps the next one.
            }
        }
        throw reason;
    }

    private static LocalDateTime local(TemporalAccessor parsed) throws ConversionException {
        LocalTime time = parsed.query(TemporalQueries.localTime());
        if (time == null && TIMES.stream().anyMatch(parsed::isSupported)) {
            throw new ConversionException("names no hour of the day");
        }
        LocalDate day = parsed.query(TemporalQueries.localDate());
        if (day == null || Math.abs(day.getYear()) > LAST_YEAR) {
            throw new ConversionException(day == null ? "names no day" : "is not a date between the years 1 and 9999");
        }
        return LocalDateTime.of(day, time == null ? LocalTime.MIDNIGHT : time);
    }

    /** An offset says more than the name of a zone. */
    private static ZoneId zone(TemporalAccessor parsed) {
        ZoneOffset offset =
                parsed.isSupported(ChronoField.OFFSET_SECONDS) ? parsed.query(TemporalQueries.offset()) : null;
        return offset == null ? parsed.query(TemporalQueries.zone()) : offset;
    }

    private static Moment moment(TemporalAccessor parsed, ZoneId zone) throws ConversionException {
        LocalDateTime local = local(parsed);
        ZoneId given = zone(parsed);
        long second = local.toEpochSecond(ZoneOffset.UTC);
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
