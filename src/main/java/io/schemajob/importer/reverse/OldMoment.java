package io.schemajob.importer.reverse;

import io.schemajob.importer.convert.Epoch;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** Moments in the forms in which SQLite's applications keep them. Micros are microseconds since 1970. */
final class OldMoment {
    private static final long SECOND = 1_000_000L;

    /** 1970-01-01T00:00 as a Julian day. */
    private static final BigDecimal UNIX_IN_JULIAN_DAYS = new BigDecimal("2440587.5");

    private static final MathContext DIGITS = new MathContext(30);

    private static final DateTimeFormatter TEXT = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .toFormatter();

    private OldMoment() {}

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

    static String text(long micros) {
        return TEXT.format(local(micros));
    }

    /** Always with its offset: the same moment for every reader. */
    static String text(long micros, ZoneId zone) {
        Instant instant = Instant.ofEpochSecond(Math.floorDiv(micros, SECOND));
        return TEXT.format(local(micros, zone))
                + zone.getRules().getOffset(instant).getId().replace("Z", "+00:00");
    }

    /** How many units, with a fraction where there is one. */
    static BigDecimal units(long micros, Epoch epoch) {
        BigDecimal units = BigDecimal.valueOf(micros).divide(BigDecimal.valueOf(epoch.micros()), DIGITS);
        BigDecimal counted = epoch == Epoch.JULIAN_DAYS ? units.add(UNIX_IN_JULIAN_DAYS) : units;
        return counted.signum() == 0 ? BigDecimal.ZERO : counted.stripTrailingZeros();
    }
}
