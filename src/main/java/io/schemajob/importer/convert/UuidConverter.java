package io.schemajob.importer.convert;

/** A UUID that is not an id of ours: it must be one already. */
final class UuidConverter implements Converter {
    @Override
    public Canonical convert(SourceValue value) throws Unfit {
        switch (value.type()) {
            case TEXT:
                byte[] uuid = Ids.parse(value.bytes());
                if (uuid == null) {
                    throw new Unfit("is not a UUID");
                }
                return Canonical.of(uuid);
            case BLOB:
                return IdConverter.ofBlob(value.bytes());
            default:
                throw Unfit.storage(value, "text or a blob of 16 bytes");
        }
    }
}
