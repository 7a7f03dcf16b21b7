package io.schemajob.importer.convert;

import java.util.ArrayList;
import java.util.List;

/** The text form of {@code text[]}, there and back. */
public final class TextArrays {
    private static final String NEEDS_QUOTES = "{},\"\\ \t\n\r\u000b\f";

    private TextArrays() {}

    /** As PostgreSQL prints it; null stands for NULL. */
    static String print(List<String> elements) {
        List<String> printed = new ArrayList<>();
        for (String element : elements) {
            printed.add(element == null ? "NULL" : quoted(element));
        }
        return "{" + String.join(",", printed) + "}";
    }

    /** Quoted where PostgreSQL quotes: braces, commas, quotes, space, nothing at all, the word NULL. */
    private static String quoted(String element) {
        boolean plain = !element.isEmpty() && !element.equalsIgnoreCase("NULL");
        for (int i = 0; plain && i < element.length(); i++) {
            plain = NEEDS_QUOTES.indexOf(element.charAt(i)) < 0;
        }
        return plain ? element : '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** The elements of such a text; null for NULL. */
    public static List<String> elements(String array) {
        List<String> elements = new ArrayList<>();
        int end = array.length() - 1;
        int i = 1;
        while (i < end) {
            StringBuilder element = new StringBuilder();
            boolean quoted = array.charAt(i) == '"';
            i += quoted ? 1 : 0;
            while (i < end && array.charAt(i) != (quoted ? '"' : ',')) {
                i += array.charAt(i) == '\\' ? 1 : 0;
                element.append(array.charAt(i++));
            }
            i += quoted ? 2 : 1;
            elements.add(!quoted && element.toString().equals("NULL") ? null : element.toString());
        }
        return elements;
    }

    /** The JSON array that {@code as: array} reads. */
    public static String toJson(String array) {
        List<Object> items = new ArrayList<>();
        elements(array).forEach(element -> items.add(element == null ? JsonWriter.NULL : element));
        return JsonWriter.write(items);
    }
}
