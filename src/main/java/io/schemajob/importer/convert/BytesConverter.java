package io.schemajob.importer.convert;

/** Bytes as they are. */
final class BytesConverter implements Converter {
    @Override
    public Canonical convert(SourceValue value) throws Unfit {
        if (value.type() != StorageClass.BLOB) {
            throw Unfit.storage(value, "blob");
        }
        return Canonical.of(value.bytes());
    }
}
