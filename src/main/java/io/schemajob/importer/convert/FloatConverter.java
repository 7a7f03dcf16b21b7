package io.schemajob.importer.convert;

/** A binary floating-point number; one that {@code real} could only hold rounded does not fit it. */
final class FloatConverter implements Converter {
    private static final long EXACT = 1L << 53;

    private final boolean single;

    FloatConverter(TargetType type) {
        this.single = type.kind() == Kind.FLOAT4;
    }

    @Override
    public Canonical convert(SourceValue value) throws Unfit {
        double number =
                switch (value.type()) {
                    case REAL -> value.real();
                    case INTEGER -> exact(value.integer());
                    case TEXT -> NumericConverter.parse(value.string()).doubleValue();
                    default -> throw Unfit.storage(value, "real");
                };
        if (Double.isInfinite(number) && value.type() != StorageClass.REAL) {
            throw new Unfit("is out of the range of double precision");
        }
        if (!single) {
            return Canonical.of(Double.doubleToLongBits(number));
        }
        float rounded = (float) number;
        if (rounded != number && !Float.toString(rounded).equals(Double.toString(number))) {
            throw new Unfit("has more digits than real keeps");
        }
        return Canonical.of(Float.floatToIntBits(rounded));
    }

    private static double exact(long integer) throws Unfit {
        if (integer > EXACT || integer < -EXACT) {
            throw new Unfit("has more digits than double precision keeps");
        }
        return integer;
    }
}
