package io.schemajob.importer.convert;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** A whole number within the range of its type; a REAL or text that is exactly one is taken too. */
final class IntegerConverter implements Converter {
    private static final int MOST_DIGITS = 19;
    private static final Pattern DIGITS = Pattern.compile("[-+]?\\d{1,19}");

    /** Beyond this a double no longer tells neighbouring integers apart. */
    private static final double EXACT = 9_007_199_254_740_992.0;

    private final String name;
    private final Fraction fraction;
    private final long least;
    private final long most;

    IntegerConverter(TargetType type, Fraction fraction) {
        this.fraction = fraction;
        this.name = type.name();
        this.most = switch (type.kind()) {
            case INT2 -> Short.MAX_VALUE;
            case INT4 -> Integer.MAX_VALUE;
            default -> Long.MAX_VALUE;
        };
        this.least = -most - 1;
    }

    @Override
    public CanonicalValue convert(SourceValue value) throws ConversionException {
        long number =
                switch (value.type()) {
                    case INTEGER -> value.integer();
                    case REAL -> whole(value.real());
                    case TEXT -> parse(value.string());
                    default -> throw ConversionException.storage(value, "integer");
                };
        if (number < least || number > most) {
            throw outOfRange();
        }
        return CanonicalValue.of(number);
    }

    private long whole(double real) throws ConversionException {
        if (fraction != Fraction.REJECT && real != Math.rint(real) && Math.abs(real) < EXACT) {
            return BigDecimal.valueOf(real).setScale(0, fraction.mode()).longValueExact();
        }
        if (real != Math.rint(real) || Math.abs(real) > EXACT) {
            throw new ConversionException("is not a whole number");
        }
        return (long) real;
    }

    private long parse(String text) throws ConversionException {
        if (fraction != Fraction.REJECT && !DIGITS.matcher(text).matches()) {
            BigDecimal number = NumericConverter.parse(text).setScale(0, fraction.mode());
            if (number.precision() > MOST_DIGITS) {
                throw outOfRange();
            }
            return parse(number.toPlainString());
        }
        if (!DIGITS.matcher(text).matches()) {
            throw new ConversionException("is not a whole number");
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw outOfRange();
        }
    }

    private ConversionException outOfRange() {
        return new ConversionException("is out of the range of " + name);
    }
}
