package io.schemajob.importer.convert;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The text form of a one-dimensional array, there and back. */
public final class ArrayText {
    private static final String NEEDS_QUOTES = "{},\"\\ \t\n\r\u000b\f";

    private ArrayText() {}

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
    private static List<String> elements(String array) {
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

    /** The elements, each as {@link Kind#element} is represented; null for NULL. */
    public static List<CanonicalValue> elements(Kind array, String text) {
        List<CanonicalValue> elements = new ArrayList<>();
        for (String element : elements(text)) {
            elements.add(element == null ? null : element(array.element(), element));
        }
        return elements;
    }

    private static CanonicalValue element(Kind kind, String text) {
        if (kind.isNumber()) {
            return CanonicalValue.of(Long.parseLong(text));
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return CanonicalValue.of(kind == Kind.UUID ? Ids.parse(bytes) : bytes);
    }

    /** The JSON array that {@code as: array} reads. */
    public static String toJson(Kind array, String text) {
        List<Object> items = new ArrayList<>();
        for (String element : elements(text)) {
            Object item = array.element().isNumber() && element != null ? new BigDecimal(element) : element;
            items.add(item == null ? JsonWriter.NULL : item);
        }
        return JsonWriter.write(items);
    }
}
