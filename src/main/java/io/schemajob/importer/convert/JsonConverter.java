package io.schemajob.importer.convert;

import java.nio.charset.StandardCharsets;

/** JSON text: for {@code jsonb} in the form that PostgreSQL prints, for {@code json} as it is. */
final class JsonConverter implements Converter {
    private final Kind kind;
    private final boolean refuseDuplicates;
    private long duplicates;

    /** @param refuseDuplicates whether an object with a key twice does not fit; jsonb keeps the last one only */
    JsonConverter(Kind kind, boolean refuseDuplicates) {
        this.kind = kind;
        this.refuseDuplicates = refuseDuplicates;
    }

    /** How many values so far had an object with a key twice. */
    long duplicates() {
        return duplicates;
    }

    @Override
    public CanonicalValue convert(SourceValue value) throws ConversionException {
        if (value.type() != StorageClass.TEXT) {
            throw ConversionException.storage(value, "text with JSON");
        }
        Utf8Text.requireValid(value.bytes());
        JsonReader reader = new JsonReader(new String(value.bytes(), StandardCharsets.UTF_8));
        Object json = reader.read();
        if (refuseDuplicates && reader.duplicateKeys()) {
            throw new ConversionException("is JSON with a key that is there twice");
        }
        duplicates += kind == Kind.JSONB && reader.duplicateKeys() ? 1 : 0;
        return kind == Kind.JSON ? CanonicalValue.of(value.bytes()) : CanonicalValue.of(JsonWriter.write(json));
    }
}
