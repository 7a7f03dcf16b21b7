package io.schemajob.importer.reverse;

import io.schemajob.importer.convert.Epoch;
import io.schemajob.importer.convert.Kind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** Moments in the forms in which SQLite's applications keep them. Micros are microseconds since 1970. */
public final class OldMoment {
    private static final long SECOND = 1_000_000L;
    private static final int LAST_YEAR_OF_FOUR_DIGITS = 9999;

    /** Characters up to the seconds. */
    private static final int WHOLE_SECONDS = 19;

    /** 1970-01-01T00:00 as a Julian day. */
    private static final BigDecimal UNIX_IN_JULIAN_DAYS = new BigDecimal("2440587.5");

    private static final MathContext DIGITS = new MathContext(30);

    private static final DateTimeFormatter TEXT = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .toFormatter();

    private OldMoment() {}

    /** A date or time as the database counts it, for people; times with a zone in UTC. */
    public static String words(Kind kind, long number) {
        if (kind == Kind.DATE) {
            return LocalDate.ofEpochDay(number + Kind.EPOCH_DAYS).toString();
        }
        LocalDateTime local = local(number + Kind.EPOCH_MICROS);
        return kind == Kind.TIMESTAMP ? local.toString() : local + "Z";
    }

    static LocalDateTime local(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, SECOND), (int) Math.floorMod(micros, SECOND) * 1000, ZoneOffset.UTC);
    }

    static LocalDateTime local(long micros, ZoneId zone) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, SECOND), Math.floorMod(micros, SECOND) * 1000)
                .atZone(zone)
                .toLocalDateTime();
    }

    static long instant(LocalDateTime local, ZoneId zone) {
        Instant instant = local.atZone(zone).toInstant();
        return instant.getEpochSecond() * SECOND + instant.getNano() / 1000;
    }

    /** A local time; with its offset where clocks of that zone show it twice, as it would not be read otherwise. */
    static String localText(long micros, ZoneId zone) {
        LocalDateTime local = local(micros);
        boolean once = zone instanceof ZoneOffset
                || zone.getRules().getValidOffsets(local).size() == 1;
        return once ? text(local) : text(instant(local, zone), zone);
    }

    /** By hand where that is possible: a formatter takes longer than all the rest of a row. */
    private static String text(LocalDateTime local) {
        if (local.getYear() < 1 || local.getYear() > LAST_YEAR_OF_FOUR_DIGITS) {
            return TEXT.format(local);
        }
        char[] text = "0000-00-00T00:00:00.000000".toCharArray();
        digits(text, 4, local.getYear());
        digits(text, 7, local.getMonthValue());
        digits(text, 10, local.getDayOfMonth());
        digits(text, 13, local.getHour());
        digits(text, 16, local.getMinute());
        digits(text, 19, local.getSecond());
        digits(text, text.length, local.getNano() / 1000);
        int length = text.length;
        while (text[length - 1] == '0' && length > WHOLE_SECONDS) {
            length--;
        }
        return new String(text, 0, length == WHOLE_SECONDS + 1 ? WHOLE_SECONDS : length);
    }

    /** Puts a number before this place. */
    private static void digits(char[] text, int end, int number) {
        int at = end;
        for (int rest = number; rest > 0; rest /= 10) {
            text[--at] = (char) ('0' + rest % 10);
        }
    }

    /**
     * Always with its offset: the same moment for every reader. It is that of UTC where the zone's has seconds, as those of old
     * times have, or its year not four digits: neither can be read.
     */
    static String text(long micros, ZoneId zone) {
        ZoneOffset offset = zone.getRules().getOffset(Instant.ofEpochSecond(Math.floorDiv(micros, SECOND)));
        int year = local(micros, offset).getYear();
        boolean readable = offset.getTotalSeconds() % 60 == 0 && year >= 1 && year <= LAST_YEAR_OF_FOUR_DIGITS;
        ZoneOffset written = readable ? offset : ZoneOffset.UTC;
        return text(local(micros, written)) + written.getId().replace("Z", "+00:00");
    }

    /** How many units, with a fraction where there is one. */
    static BigDecimal units(long micros, Epoch epoch) {
        BigDecimal units = BigDecimal.valueOf(micros).divide(BigDecimal.valueOf(epoch.micros()), DIGITS);
        BigDecimal counted = epoch == Epoch.JULIAN_DAYS ? units.add(UNIX_IN_JULIAN_DAYS) : units;
        return counted.signum() == 0 ? BigDecimal.ZERO : counted.stripTrailingZeros();
    }
}
