package io.schemajob.report.text;

import java.util.Optional;

/** White space and characters without ink, which people copy along with a value and cannot see in it afterwards. */
public final class Blanks {
    private Blanks() {}

    /** Whether the text begins or ends with one. */
    public static boolean around(String text) {
        return !text.isEmpty() && (isBlank(text.codePointAt(0)) || isBlank(text.codePointBefore(text.length())));
    }

    /** Whether one stands anywhere in the text. */
    public static boolean in(String text) {
        return text.codePoints().anyMatch(Blanks::isBlank);
    }

    /** The first of them in words, but for plain spaces, for text that must not be shown itself. */
    public static Optional<String> first(String text) {
        return text.codePoints()
                .filter(c -> c != ' ' && isBlank(c))
                .mapToObj(Blanks::kind)
                .findFirst();
    }

    /** The text with all of them written out, such as {@code \n} and {@code U+00A0}, but plain spaces. */
    public static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == ' ' || !isBlank(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(name(c));
            }
        });
        return shown.toString();
    }

    /** Those at both ends, for text that must not be shown itself: {@code a line break (\n) at its end}; empty for none. */
    public static String describeEnds(String text) {
        if (text.isEmpty()) {
            return "";
        }
        int first = text.codePointAt(0);
        int last = text.codePointBefore(text.length());
        String begin = isBlank(first) ? kind(first) + " at its beginning" : "";
        String end = isBlank(last) ? kind(last) + " at its end" : "";
        return begin + (begin.isEmpty() || end.isEmpty() ? "" : " and ") + end;
    }

    private static String kind(int c) {
        return switch (c) {
            case '\n', '\r' -> "a line break (" + name(c) + ")";
            case ' ' -> "a space";
            case '\t' -> "a tab";
            case 0xA0 -> "a no-break space (" + name(c) + ")";
            default -> "the invisible character " + name(c);
        };
    }

    private static String name(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> c > 0xffff ? "\\U%08x".formatted(c) : "\\u%04x".formatted(c);
        };
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT;
    }
}
