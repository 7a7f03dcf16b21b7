package io.schemajob.report.text;

import java.util.function.IntPredicate;

/**
 * Makes characters visible that a terminal or a log viewer obeys instead of showing: line breaks, control characters,
 * escape sequences, bidirectional marks and other invisible ones. Without it, whoever names a table could write lines of
 * our log, or hide some.
 *
 * @see <a href="https://www.unicode.org/reports/tr36/">Unicode: security considerations</a>
 */
public final class Printable {
    private Printable() {}

    /** The text on one line; each hidden character as PostgreSQL and bash write it: {@code \n}, {@code \u202e}. */
    public static String line(String text) {
        return escape(text, Printable::isHidden);
    }

    /** The same, but line breaks and tabs stay: for documents that are ours and have lines of their own. */
    public static String document(String text) {
        return escape(text, c -> c != '\n' && c != '\t' && isHidden(c));
    }

    /** The same JSON in characters that are safe to look at. Only strings can hold others, so nothing changes for a parser. */
    public static String json(String json) {
        if (json.codePoints().noneMatch(Printable::isHidden)) {
            return json;
        }
        StringBuilder result = new StringBuilder(json.length() + 16);
        json.codePoints().forEach(c -> {
            if (!isHidden(c) || c == '\n' || c == '\r' || c == '\t') {
                result.appendCodePoint(c);
            } else {
                for (char unit : Character.toChars(c)) {
                    result.append("\\u").append(hex(unit, 4));
                }
            }
        });
        return result.toString();
    }

    /** Whether looking at the text shows everything that is in it. */
    public static boolean isPrintable(String text) {
        return text.codePoints().noneMatch(Printable::isHidden);
    }

    private static String escape(String text, IntPredicate hidden) {
        if (text == null || text.codePoints().noneMatch(hidden)) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (hidden.test(c)) {
                result.append(escaped(c));
            } else {
                result.appendCodePoint(c);
            }
        });
        return result.toString();
    }

    /** A form that bash takes between {@code $'} and {@code '}. */
    static String escaped(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> c > 0xffff ? "\\U" + hex(c, 8) : "\\u" + hex(c, 4);
        };
    }

    private static String hex(int value, int digits) {
        String text = Integer.toHexString(value);
        return "0".repeat(digits - text.length()) + text;
    }

    /** Controls, format characters, separators of lines, halves of pairs, noncharacters, and what Unicode lets fonts ignore. */
    public static boolean isHidden(int c) {
        if (c < 0x7f) {
            return c < ' ';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> isIgnorable(c) || (c & 0xfffe) == 0xfffe || c >= 0xfdd0 && c <= 0xfdef;
        };
    }

    /** The property Default_Ignorable_Code_Point, beyond format characters. */
    private static boolean isIgnorable(int c) {
        return c == 0x34f
                || c == 0x115f
                || c == 0x1160
                || c == 0x17b4
                || c == 0x17b5
                || c >= 0x180b && c <= 0x180f
                || c == 0x2065
                || c == 0x3164
                || c >= 0xfe00 && c <= 0xfe0f
                || c == 0xffa0
                || c >= 0xfff0 && c <= 0xfff8
                || c >= 0xe0000 && c <= 0xe0fff;
    }
}
