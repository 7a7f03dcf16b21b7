package io.schemajob.importer.convert;

/** Bytes as they are. */
final class BytesConverter implements Converter {
    @Override
    public CanonicalValue convert(SourceValue value) throws ConversionException {
        if (value.type() != StorageClass.BLOB) {
            throw ConversionException.storage(value, "blob");
        }
        return CanonicalValue.of(value.bytes());
    }
}
