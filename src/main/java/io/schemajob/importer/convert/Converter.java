package io.schemajob.importer.convert;

/** Turns a value that is not NULL into its canonical form, or says why it does not fit. Pure; never rounds or cuts. */
@FunctionalInterface
public interface Converter {
    CanonicalValue convert(SourceValue value) throws ConversionException;
}
