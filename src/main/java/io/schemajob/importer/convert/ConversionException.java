package io.schemajob.importer.convert;

/**
 * A value that does not fit its column; the message is the reason, a clause without a full stop. Dirty files throw it
 * once a value, so it has no stack trace.
 */
public final class ConversionException extends Exception {
    private final String kind;

    public ConversionException(String reason) {
        this(reason, reason);
    }

    /** @param kind the reason without what differs from value to value, such as a position */
    ConversionException(String reason, String kind) {
        super(reason, null, false, false);
        this.kind = kind;
    }

    /** What all values have in common that do not fit for the same reason. */
    public String kind() {
        return kind;
    }

    /** The storage class is not one that the type can be made from. */
    static ConversionException storage(SourceValue value, String wanted) {
        return new ConversionException("has storage class " + value.type() + ", not " + wanted);
    }
}
