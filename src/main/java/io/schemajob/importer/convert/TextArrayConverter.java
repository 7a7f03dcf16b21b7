package io.schemajob.importer.convert;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A JSON array of strings as {@code text[]}, in the form that PostgreSQL prints. */
final class TextArrayConverter implements Converter {
    @Override
    public Canonical convert(SourceValue value) throws Unfit {
        if (value.type() != StorageClass.TEXT) {
            throw Unfit.storage(value, "text with a JSON array");
        }
        Utf8.requireValid(value.bytes());
        Object json = new JsonReader(new String(value.bytes(), StandardCharsets.UTF_8)).read();
        if (!(json instanceof List<?> items)) {
            throw new Unfit("is not a JSON array");
        }
        List<String> elements = new ArrayList<>();
        for (Object item : items) {
            if (item != JsonWriter.NULL && !(item instanceof String)) {
                throw new Unfit("is not a JSON array of strings");
            }
            elements.add(item == JsonWriter.NULL ? null : (String) item);
        }
        return Canonical.of(TextArrays.print(elements));
    }
}
