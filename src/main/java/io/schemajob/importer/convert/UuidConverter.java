package io.schemajob.importer.convert;

/** A UUID that is not an id of ours: it must be one already. */
final class UuidConverter implements Converter {
    @Override
    public CanonicalValue convert(SourceValue value) throws ConversionException {
        switch (value.type()) {
            case TEXT:
                byte[] uuid = Ids.parse(value.bytes());
                if (uuid == null) {
                    throw new ConversionException("is not a UUID");
                }
                return CanonicalValue.of(uuid);
            case BLOB:
                return IdConverter.ofBlob(value.bytes());
            default:
                throw ConversionException.storage(value, "text or a blob of 16 bytes");
        }
    }
}
