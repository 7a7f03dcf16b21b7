package io.schemajob.importer.convert;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A binary floating-point number. A decimal number fits if it is what the binary one is, rounded to as many digits: so
 * are {@code 0.1} and {@code 0.10000000000000001}, which is how C prints it, and no number with digits that would be lost.
 */
final class FloatConverter implements Converter {
    /** Decimal digits that always come back; and how small a number may be for that, and how large. */
    private static final int SAFE_DIGITS = 15;

    private static final double LEAST = 1e-290;
    private static final double MOST = 1e290;
    private static final long EXACT = 1L << 53;

    private final boolean single;
    private final String name;

    FloatConverter(TargetType type) {
        this.single = type.kind() == Kind.FLOAT4;
        this.name = single ? "real" : "double precision";
    }

    @Override
    public CanonicalValue convert(SourceValue value) throws ConversionException {
        double number =
                switch (value.type()) {
                    case REAL -> ofReal(value.real());
                    case INTEGER -> ofInteger(value.integer());
                    case TEXT -> ofDecimal(NumericConverter.parse(value.string()));
                    default -> throw ConversionException.storage(value, "real");
                };
        return CanonicalValue.of(single ? Float.floatToIntBits((float) number) : Double.doubleToLongBits(number));
    }

    private double ofReal(double real) throws ConversionException {
        float rounded = (float) real;
        if (single && rounded != real && !Float.toString(rounded).equals(Double.toString(real))) {
            throw tooExact();
        }
        return real;
    }

    private double ofInteger(long integer) throws ConversionException {
        boolean exact = !single && integer <= EXACT && integer >= -EXACT;
        return exact ? integer : ofDecimal(BigDecimal.valueOf(integer));
    }

    private double ofDecimal(BigDecimal decimal) throws ConversionException {
        double number = single ? decimal.floatValue() : decimal.doubleValue();
        if (Double.isInfinite(number) || number == 0 && decimal.signum() != 0) {
            throw new ConversionException("is out of the range of " + name);
        }
        if (number != 0 && !isSafe(decimal, number)) {
            int digits = decimal.stripTrailingZeros().precision();
            BigDecimal rounded = new BigDecimal(number).round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.compareTo(decimal) != 0) {
                throw tooExact();
            }
        }
        return number;
    }

    private boolean isSafe(BigDecimal decimal, double number) {
        double size = Math.abs(number);
        return !single && decimal.precision() <= SAFE_DIGITS && size > LEAST && size < MOST;
    }

    private ConversionException tooExact() {
        return new ConversionException("has more digits than %s keeps".formatted(name));
    }
}
