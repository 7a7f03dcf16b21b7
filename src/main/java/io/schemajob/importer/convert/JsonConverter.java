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
    public Canonical convert(SourceValue value) throws Unfit {
        if (value.type() != StorageClass.TEXT) {
            throw Unfit.storage(value, "text with JSON");
        }
        Utf8.requireValid(value.bytes());
        JsonReader reader = new JsonReader(new String(value.bytes(), StandardCharsets.UTF_8));
        Object json = reader.read();
        if (refuseDuplicates && reader.duplicateKeys()) {
            throw new Unfit("is JSON with a key that is there twice");
        }
        duplicates += reader.duplicateKeys() ? 1 : 0;
        return kind == Kind.JSON ? Canonical.of(value.bytes()) : Canonical.of(JsonWriter.write(json));
    }
}
