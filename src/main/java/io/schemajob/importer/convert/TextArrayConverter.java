package io.schemajob.importer.convert;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A JSON array of strings as {@code text[]}, in the form that PostgreSQL prints. */
public final class TextArrayConverter implements Converter {
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
            elements.add(item == JsonWriter.NULL ? "NULL" : quoted((String) item));
        }
        return Canonical.of("{" + String.join(",", elements) + "}");
    }

    /** Quoted where PostgreSQL's array output quotes: braces, commas, quotes, space, nothing at all, the word NULL. */
    private static String quoted(String element) {
        boolean plain = !element.isEmpty() && !element.equalsIgnoreCase("NULL");
        for (int i = 0; plain && i < element.length(); i++) {
            plain = "{},\"\\ \t\n\r\u000b\f".indexOf(element.charAt(i)) < 0;
        }
        return plain ? element : '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** The elements of such a text; null for NULL. */
    public static List<String> elements(String array) {
        List<String> elements = new ArrayList<>();
        int i = 1;
        while (i < array.length() - 1) {
            StringBuilder element = new StringBuilder();
            boolean quoted = array.charAt(i) == '"';
            i += quoted ? 1 : 0;
            char end = quoted ? '"' : ',';
            while (i < array.length() - 1 && array.charAt(i) != end) {
                i += array.charAt(i) == '\\' ? 1 : 0;
                element.append(array.charAt(i++));
            }
            i += quoted ? 2 : 1;
            elements.add(!quoted && element.toString().equals("NULL") ? null : element.toString());
        }
        return elements;
    }
}
