package io.schemajob.importer.convert;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Reads ISO 8601 moments as SQLite's functions, Python and JavaScript write them: a date; then, after T or a space,
 * hours and minutes, seconds, a fraction; then Z or an offset. By hand, because a formatter takes longer than all the
 * rest of a row.
 */
final class TimestampText {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int SECONDS_PER_DAY = 86_400;
    static final int MICROS = 6;
    static final int NANOS = 9;

    private final byte[] text;
    private final ZoneId zone;
    private final int digitsKept;
    private final Fraction finer;
    private int at;

    /**
     * The reader of one text.
     *
     * @param zone assumed where the text has none
     * @param digitsKept of a second
     * @param finer what becomes of more of them
     */
    TimestampText(byte[] text, ZoneId zone, int digitsKept, Fraction finer) {
        this.text = text;
        this.zone = zone;
        this.digitsKept = digitsKept;
        this.finer = finer;
    }

    /** Microseconds since 1970-01-01T00:00 UTC. */
    long read() throws ConversionException {
        TimeFormats.Moment moment = moment();
        return moment.epochSecond() * MICROS_PER_SECOND + moment.nanos() / 1000;
    }

    TimeFormats.Moment moment() throws ConversionException {
        LocalDate date = date();
        int second = 0;
        long nanos = 0;
        Integer offset = null;
        if (at < text.length) {
            if (text[at] != 'T' && text[at] != 't' && text[at] != ' ') {
                throw malformed();
            }
            at++;
            second = time();
            nanos = fraction();
            offset = offset();
            requireEnd();
        }
        long local = date.toEpochDay() * SECONDS_PER_DAY + second;
        long utc = local - (offset == null ? assumedOffset(local, zone) : offset);
        // Rounded up, it may be a whole second.
        return new TimeFormats.Moment(utc + nanos / NANOS_PER_SECOND, (int) (nanos % NANOS_PER_SECOND));
    }

    /** A date, and nothing else but midnight. */
    static long epochDay(byte[] text, Fraction time) throws ConversionException {
        TimestampText reader = new TimestampText(text, ZoneOffset.UTC, NANOS, time);
        long day = reader.date().toEpochDay();
        if (reader.at < text.length) {
            if (time != Fraction.REJECT) {
                // What is left out has to be a time all the same.
                new TimestampText(text, ZoneOffset.UTC, NANOS, time).moment();
                return day;
            }
            reader.at++;
            if (reader.time() != 0 || reader.fraction() != 0 || reader.at < text.length) {
                throw new ConversionException("has a time of day, and the column is a date");
            }
        }
        return day;
    }

    private LocalDate date() throws ConversionException {
        int year = digits(4);
        expect('-');
        int month = digits(2);
        expect('-');
        int day = digits(2);
        boolean possible = year >= 1
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= java.time.YearMonth.of(year, month).lengthOfMonth();
        if (!possible) {
            throw new ConversionException("is not a date that exists");
        }
        return LocalDate.of(year, month, day);
    }

    /** Seconds of the day. */
    private int time() throws ConversionException {
        int hour = digits(2);
        expect(':');
        int minute = digits(2);
        int second = 0;
        if (at < text.length && text[at] == ':') {
            at++;
            second = digits(2);
        }
        if (hour > 23 || minute > 59 || second > 59) {
            throw new ConversionException("is not a time that exists");
        }
        return hour * 3600 + minute * 60 + second;
    }

    /** Nanoseconds. */
    private long fraction() throws ConversionException {
        if (at >= text.length || text[at] != '.' && text[at] != ',') {
            return 0;
        }
        at++;
        int begin = at;
        long nanos = 0;
        boolean up = false;
        for (; at < text.length && isDigit(text[at]); at++) {
            if (at - begin < digitsKept) {
                nanos = nanos * 10 + text[at] - '0';
            } else if (text[at] != '0' && finer == Fraction.REJECT) {
                throw new ConversionException("is more exact than a microsecond");
            } else if (at - begin == digitsKept) {
                up = finer == Fraction.ROUND && text[at] >= '5';
            }
        }
        if (at == begin) {
            throw malformed();
        }
        int kept = Math.min(at - begin, digitsKept);
        nanos += up ? 1 : 0;
        for (int i = kept; i < NANOS; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    /** Seconds east of UTC, or null if there is none. */
    private Integer offset() throws ConversionException {
        while (at < text.length && text[at] == ' ') {
            at++;
        }
        if (at >= text.length) {
            return null;
        }
        byte sign = text[at++];
        if (sign == 'Z' || sign == 'z') {
            return 0;
        }
        if (sign == 'U' && at + 2 == text.length && text[at] == 'T' && text[at + 1] == 'C') {
            at += 2;
            return 0;
        }
        if (sign != '+' && sign != '-') {
            at--;
            throw malformed();
        }
        int hours = digits(2);
        at += at < text.length && text[at] == ':' ? 1 : 0;
        int minutes = at < text.length ? digits(2) : 0;
        if (hours > 15 || minutes > 59) {
            throw new ConversionException("has an offset that does not exist");
        }
        return (sign == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
    }

    /** @param local seconds since 1970 of a clock there */
    static int assumedOffset(long local, ZoneId zone) throws ConversionException {
        if (zone instanceof ZoneOffset fixed) {
            return fixed.getTotalSeconds();
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        if (offsets.size() != 1) {
            throw new ConversionException((offsets.isEmpty() ? "does not exist in " : "exists twice in ") + zone);
        }
        return offsets.get(0).getTotalSeconds();
    }

    private int digits(int count) throws ConversionException {
        int number = 0;
        for (int i = 0; i < count; i++, at++) {
            if (at >= text.length || !isDigit(text[at])) {
                throw malformed();
            }
            number = number * 10 + text[at] - '0';
        }
        return number;
    }

    private void expect(char c) throws ConversionException {
        if (at >= text.length || text[at] != c) {
            throw malformed();
        }
        at++;
    }

    private void requireEnd() throws ConversionException {
        if (at < text.length) {
            throw malformed();
        }
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static ConversionException malformed() {
        return new ConversionException("is not an ISO 8601 date and time");
    }
}
