package io.schemajob.importer.convert;

/**
 * A value that does not fit its column; the message is the reason, a clause without a full stop. Dirty files throw it
 * once a value, so it has no stack trace.
 */
public final class ConversionException extends Exception {
    public ConversionException(String reason) {
        super(reason, null, false, false);
    }

    /** The storage class is not one that the type can be made from. */
    static ConversionException storage(SourceValue value, String wanted) {
        return new ConversionException("has storage class " + value.type() + ", not " + wanted);
    }
}
