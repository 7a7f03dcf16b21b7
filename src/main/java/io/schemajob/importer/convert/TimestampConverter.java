package io.schemajob.importer.convert;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A moment: ISO 8601 text, or a number whose unit the mapping names. For {@code timestamp} without time zone it is the
 * local time in the assumed zone.
 */
final class TimestampConverter implements Converter {
    /** 0001-01-01 and 10000-01-01 in microseconds since 1970: what four digits of a year can say. */
    private static final long FIRST = -62_135_596_800_000_000L;

    private static final long END = 253_402_300_800_000_000L;

    private static final BigDecimal HALF = new BigDecimal("0.5");

    private final TargetType type;
    private final ZoneId zone;
    private final Epoch epoch;
    private final TimeFormats formats;
    private final Fraction fraction;

    /** Digits of a second that a text may have and the column keeps. */
    private final int digits;

    TimestampConverter(TargetType type, FieldRules rules) {
        this.type = type;
        this.zone = rules.zone().normalized();
        this.epoch = rules.epoch();
        this.formats = rules.formats();
        this.fraction = rules.fraction();
        this.digits = fraction == Fraction.REJECT || type.scale() < 0 ? TimestampText.MICROS : type.scale();
    }

    @Override
    public CanonicalValue convert(SourceValue value) throws ConversionException {
        if (type.kind() == Kind.DATE && value.type() == StorageClass.TEXT) {
            return CanonicalValue.of(day(value.bytes()) - Kind.EPOCH_DAYS);
        }
        long micros =
                switch (value.type()) {
                    case TEXT -> text(value.bytes());
                    case INTEGER -> micros(value, BigDecimal.valueOf(value.integer()));
                    case REAL -> micros(value, finite(value.real()));
                    default -> throw ConversionException.storage(value, "text");
                };
        if (micros < FIRST || micros >= END) {
            throw outOfRange();
        }
        micros = kept(micros);
        return switch (type.kind()) {
            case TIMESTAMPTZ -> CanonicalValue.of(micros - Kind.EPOCH_MICROS);
            case TIMESTAMP -> CanonicalValue.of(local(micros) - Kind.EPOCH_MICROS);
            default -> ofDay(local(micros));
        };
    }

    /** {@code timestamp(3)} would round to milliseconds. */
    private long kept(long micros) throws ConversionException {
        long unit = unit();
        if (Math.floorMod(micros, unit) == 0) {
            return micros;
        }
        return switch (fraction) {
            case REJECT -> throw new ConversionException("is more exact than " + type.name());
            case CUT -> Math.floorDiv(micros, unit) * unit;
            case ROUND -> Math.floorDiv(micros + unit / 2, unit) * unit;
        };
    }

    /** Microseconds of which the column keeps multiples. */
    private long unit() {
        return type.scale() < 0 ? 1 : (long) Math.pow(10, TimestampText.MICROS - type.scale());
    }

    private long day(byte[] text) throws ConversionException {
        if (formats.isEmpty()) {
            return TimestampText.epochDay(text, fraction);
        }
        long day = formats.epochDay(text, zone, fraction);
        long micros = day * Epoch.JULIAN_DAYS.micros();
        if (micros < FIRST || micros >= END) {
            throw outOfRange();
        }
        return day;
    }

    private long text(byte[] text) throws ConversionException {
        if (formats.isEmpty()) {
            return new TimestampText(text, zone, digits, fraction).read();
        }
        TimeFormats.Moment moment = formats.read(text, zone);
        long unit = (long) Math.pow(10, TimestampText.NANOS - digits);
        long nanos = moment.nanos();
        if (nanos % unit != 0 && fraction == Fraction.REJECT) {
            throw new ConversionException("is more exact than a microsecond");
        }
        long kept = (fraction == Fraction.ROUND ? nanos + unit / 2 : nanos) / unit * unit;
        return moment.epochSecond() * Epoch.SECONDS.micros() + kept / 1000;
    }

    private CanonicalValue ofDay(long micros) throws ConversionException {
        if (fraction == Fraction.REJECT && Math.floorMod(micros, Epoch.JULIAN_DAYS.micros()) != 0) {
            throw new ConversionException("has a time of day, and the column is a date");
        }
        return CanonicalValue.of(Math.floorDiv(micros, Epoch.JULIAN_DAYS.micros()) - Kind.EPOCH_DAYS);
    }

    private static BigDecimal finite(double real) throws ConversionException {
        if (Double.isInfinite(real) || Double.isNaN(real)) {
            throw new ConversionException("is not a finite number");
        }
        return BigDecimal.valueOf(real);
    }

    private long micros(SourceValue value, BigDecimal number) throws ConversionException {
        if (epoch == Epoch.NONE) {
            throw new ConversionException("is a number, and the mapping names no epoch");
        }
        boolean julian = epoch == Epoch.JULIAN_DAYS;
        BigDecimal units = julian ? number.subtract(BigDecimal.valueOf(Epoch.UNIX_IN_JULIAN_DAYS)) : number;
        BigDecimal micros = units.multiply(BigDecimal.valueOf(epoch.micros()));
        if (micros.abs().compareTo(BigDecimal.valueOf(END)) > 0) {
            throw outOfRange();
        }
        return julian ? ofDays(value, micros) : kept(micros, unit());
    }

    /**
     * Days with a binary fraction stand for the millisecond that has the same: SQLite counts in these.
     *
     * @param micros since 1970
     */
    private long ofDays(SourceValue value, BigDecimal micros) throws ConversionException {
        BigDecimal millis = micros.movePointLeft(3).setScale(0, RoundingMode.HALF_EVEN);
        if (value.type() == StorageClass.INTEGER) {
            return millis.longValue() * 1000;
        }
        BigDecimal away = micros.subtract(millis.movePointRight(3)).abs();
        double ulp = Math.ulp(value.real()) * Epoch.JULIAN_DAYS.micros();
        boolean same = away.compareTo(BigDecimal.valueOf(ulp)) <= 0;
        return same ? millis.longValue() * 1000 : kept(micros, Math.max(unit(), 1000));
    }

    /** A number of microseconds that is a multiple of this. */
    private long kept(BigDecimal micros, long unit) throws ConversionException {
        BigDecimal units = micros.divide(BigDecimal.valueOf(unit), MathContext.UNLIMITED);
        BigDecimal whole = units.setScale(0, RoundingMode.FLOOR);
        if (units.compareTo(whole) == 0) {
            return whole.longValue() * unit;
        }
        return switch (fraction) {
            case REJECT -> throw new ConversionException("is more exact than " + name(unit));
            case CUT -> whole.longValue() * unit;
            case ROUND -> units.add(HALF).setScale(0, RoundingMode.FLOOR).longValue() * unit;
        };
    }

    private static ConversionException outOfRange() {
        return new ConversionException("is not a date between the years 1 and 9999");
    }

    private String name(long unit) {
        if (unit != unit()) {
            return "a millisecond";
        }
        return unit == 1 ? "a microsecond" : type.name();
    }

    /** In the zone it may be another year. */
    private long local(long micros) throws ConversionException {
        long local = micros + offset(micros);
        if (local < FIRST || local >= END) {
            throw outOfRange();
        }
        return local;
    }

    private long offset(long micros) {
        if (zone instanceof ZoneOffset fixed) {
            return fixed.getTotalSeconds() * Epoch.SECONDS.micros();
        }
        java.time.Instant instant = java.time.Instant.ofEpochSecond(Math.floorDiv(micros, Epoch.SECONDS.micros()));
        return zone.getRules().getOffset(instant).getTotalSeconds() * Epoch.SECONDS.micros();
    }
}
