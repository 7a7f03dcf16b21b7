package io.schemajob.database.query;

import io.schemajob.report.text.Printable;
import java.util.Locale;

/** Quotes names, which cannot be bound as parameters, and values for messages of several statements. */
public final class Identifiers {
    private Identifiers() {}

    /** The name as a quoted identifier. */
    public static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The quoted identifier for a statement that a person copies: what cannot be seen is spelled out. */
    public static String shown(String name) {
        if (Printable.isPrintable(name)) {
            return quote(name);
        }
        StringBuilder text = new StringBuilder("U&\"");
        name.codePoints().forEach(c -> {
            String letter = Character.toString(c);
            if (c == '\\') {
                text.append("\\\\");
            } else if (Printable.isPrintable(letter)) {
                text.append(letter.replace("\"", "\"\""));
            } else {
                text.append(String.format(Locale.ROOT, "\\+%06x", c));
            }
        });
        return text.append('"').toString();
    }

    /** Schema and name, both quoted. */
    public static String qualify(String schema, String name) {
        return quote(schema) + "." + quote(name);
    }

    /** A value as a string constant that reads the same whatever {@code standard_conforming_strings} says. */
    public static String literal(String value) {
        return "E'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
