package io.schemajob.importer.convert;

import io.schemajob.report.text.Counted;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** A decimal number. A REAL stands for the shortest decimal that reads back as the same double. Nothing is rounded. */
final class NumericConverter implements Converter {
    /** Digits before and after the point that PostgreSQL's {@code numeric} holds. */
    static final int MOST_BEFORE = 131_072;

    static final int MOST_AFTER = 16_383;

    private static final int LONGEST = 200_000;
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d++\\.?\\d*+|\\.\\d++)([eE][-+]?\\d{1,6})?");

    private final TargetType type;
    private final Fraction fraction;

    NumericConverter(TargetType type, Fraction fraction) {
        this.type = type;
        this.fraction = fraction;
    }

    @Override
    public CanonicalValue convert(SourceValue value) throws ConversionException {
        BigDecimal number =
                switch (value.type()) {
                    case INTEGER -> BigDecimal.valueOf(value.integer());
                    case REAL -> ofReal(value.real());
                    case TEXT -> parse(value.string());
                    default -> throw ConversionException.storage(value, "real, integer or text");
                };
        return CanonicalValue.of(fit(number).toPlainString());
    }

    private static BigDecimal ofReal(double real) throws ConversionException {
        if (Double.isNaN(real) || Double.isInfinite(real)) {
            throw new ConversionException("is not a finite number");
        }
        BigDecimal shortest = new BigDecimal(Double.toString(real));
        return shortest.signum() == 0 ? BigDecimal.ZERO : shortest.stripTrailingZeros();
    }

    static BigDecimal parse(String text) throws ConversionException {
        if (!NUMBER.matcher(text).matches()) {
            throw new ConversionException("is not a decimal number");
        }
        return read(text);
    }

    /**
     * The time of reading grows with the square of the length.
     *
     * @throws NumberFormatException for an exponent beyond 32 bits
     */
    static BigDecimal read(String digits) throws ConversionException {
        if (digits.length() > LONGEST) {
            throw tooLong();
        }
        return limited(new BigDecimal(digits));
    }

    private static ConversionException tooLong() {
        return new ConversionException("has more digits than numeric can hold");
    }

    /** What PostgreSQL would keep of it, unless that is more than it can. */
    static BigDecimal limited(BigDecimal number) throws ConversionException {
        if ((long) number.precision() - number.scale() > MOST_BEFORE || number.scale() > MOST_AFTER) {
            throw tooLong();
        }
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    private BigDecimal fit(BigDecimal number) throws ConversionException {
        BigDecimal limited = limited(number);
        if (type.precision() < 0) {
            return limited;
        }
        int after = limited.signum() == 0
                ? type.scale()
                : limited.stripTrailingZeros().scale();
        if (after > type.scale() && fraction == Fraction.REJECT) {
            if (type.scale() < 0) {
                throw new ConversionException("is more exact than " + type.name());
            }
            throw new ConversionException(
                    "has %s after the point, %s keeps %d"
                            .formatted(Counted.of(after, "digit"), type.name(), type.scale()),
                    "has more digits after the point than %s keeps".formatted(type.name()));
        }
        BigDecimal scaled = limited.setScale(type.scale(), fraction.mode());
        if (scaled.precision() > type.precision() && scaled.signum() != 0) {
            throw new ConversionException("is out of the range of " + type.name());
        }
        return scaled;
    }
}
