package io.schemajob.importer.convert;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Prints JSON exactly as PostgreSQL prints a {@code jsonb}: keys ordered by their length in bytes and then bytewise, one
 * space after comma and colon, numbers without an exponent.
 */
final class JsonWriter {
    /** JSON's null, as Java's is the absence of a value. */
    static final Object NULL = new Object();

    private static final Comparator<String> KEYS = Comparator.<String>comparingInt(key -> utf8(key).length)
            .thenComparing((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)));

    private final StringBuilder out = new StringBuilder();

    static String write(Object value) {
        JsonWriter writer = new JsonWriter();
        writer.value(value);
        return writer.out.toString();
    }

    private void value(Object value) {
        if (value instanceof Map<?, ?> object) {
            object(object);
        } else if (value instanceof List<?> array) {
            array(array);
        } else if (value instanceof String string) {
            string(string);
        } else if (value instanceof BigDecimal number) {
            out.append(number.toPlainString());
        } else {
            out.append(value == NULL ? "null" : value);
        }
    }

    private void object(Map<?, ?> object) {
        out.append('{');
        String separator = "";
        for (String key :
                object.keySet().stream().map(String.class::cast).sorted(KEYS).toList()) {
            out.append(separator);
            string(key);
            out.append(": ");
            value(object.get(key));
            separator = ", ";
        }
        out.append('}');
    }

    private void array(List<?> array) {
        out.append('[');
        String separator = "";
        for (Object item : array) {
            out.append(separator);
            value(item);
            separator = ", ";
        }
        out.append(']');
    }

    private void string(String string) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
