package io.schemajob.importer.convert;

/** A binary floating-point number; one that {@code real} could only hold rounded does not fit it. */
final class FloatConverter implements Converter {
    private static final long EXACT = 1L << 53;

    private final boolean single;

    FloatConverter(TargetType type) {
        this.single = type.kind() == Kind.FLOAT4;
    }

    @Override
    public CanonicalValue convert(SourceValue value) throws ConversionException {
        double number =
                switch (value.type()) {
                    case REAL -> value.real();
                    case INTEGER -> exact(value.integer());
                    case TEXT -> NumericConverter.parse(value.string()).doubleValue();
                    default -> throw ConversionException.storage(value, "real");
                };
        if (Double.isInfinite(number) && value.type() != StorageClass.REAL) {
            throw new ConversionException("is out of the range of double precision");
        }
        if (!single) {
            return CanonicalValue.of(Double.doubleToLongBits(number));
        }
        float rounded = (float) number;
        if (rounded != number && !Float.toString(rounded).equals(Double.toString(number))) {
            throw new ConversionException("has more digits than real keeps");
        }
        return CanonicalValue.of(Float.floatToIntBits(rounded));
    }

    private static double exact(long integer) throws ConversionException {
        if (integer > EXACT || integer < -EXACT) {
            throw new ConversionException("has more digits than double precision keeps");
        }
        return integer;
    }
}
