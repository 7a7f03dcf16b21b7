package io.schemajob.importer.convert;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON as strictly as PostgreSQL does (RFC 8259; no NUL, no half surrogate pairs, numbers that {@code numeric}
 * holds). A general parser would do more: round numbers, allow comments, or lose that a key was there twice.
 */
final class JsonReader {
    /** PostgreSQL stops where its stack ends; this is far below, and far above what anybody nests. */
    private static final int DEEPEST = 1000;

    private final String text;
    private int at;
    private int depth;
    private boolean duplicateKeys;

    JsonReader(String text) {
        this.text = text;
    }

    /** A Map, List, String, BigDecimal, Boolean, or {@link JsonWriter#NULL}. */
    Object read() throws ConversionException {
        Object value = value();
        skipSpace();
        if (at < text.length()) {
            throw malformed();
        }
        return value;
    }

    /** Whether an object named a key twice; the last one counts. */
    boolean duplicateKeys() {
        return duplicateKeys;
    }

    private Object value() throws ConversionException {
        skipSpace();
        switch (peek()) {
            case '{':
                return nested(this::object);
            case '[':
                return nested(this::array);
            case '"':
                return string();
            case 't':
                return word("true", Boolean.TRUE);
            case 'f':
                return word("false", Boolean.FALSE);
            case 'n':
                return word("null", JsonWriter.NULL);
            default:
                return number();
        }
    }

    /** What is inside brackets. */
    private interface Inside {
        Object read() throws ConversionException;
    }

    private Object nested(Inside inside) throws ConversionException {
        if (++depth > DEEPEST) {
            throw new ConversionException("is JSON nested deeper than " + DEEPEST);
        }
        at++;
        Object value = inside.read();
        at++;
        depth--;
        return value;
    }

    private Object object() throws ConversionException {
        Map<String, Object> members = new LinkedHashMap<>();
        skipSpace();
        if (peek() == '}') {
            return members;
        }
        do {
            skipSpace();
            String key = string();
            skipSpace();
            expect(':');
            duplicateKeys |= members.put(key, value()) != null;
            skipSpace();
        } while (comma('}'));
        return members;
    }

    private Object array() throws ConversionException {
        List<Object> items = new ArrayList<>();
        skipSpace();
        if (peek() == ']') {
            return items;
        }
        do {
            items.add(value());
            skipSpace();
        } while (comma(']'));
        return items;
    }

    private boolean comma(char end) throws ConversionException {
        if (peek() == end) {
            return false;
        }
        expect(',');
        return true;
    }

    private String string() throws ConversionException {
        expect('"');
        StringBuilder value = new StringBuilder();
        for (char c = peek(); c != '"'; c = peek()) {
            if (c < ' ') {
                throw malformed();
            }
            at++;
            value.append(c == '\\' ? escaped() : c);
        }
        at++;
        requirePairs(value);
        return value.toString();
    }

    private char escaped() throws ConversionException {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw malformed();
        };
    }

    private char unicode() throws ConversionException {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            char c = peek();
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw malformed();
            }
            code = code << 4 | digit;
            at++;
        }
        if (code == 0) {
            throw new ConversionException("is JSON with a NUL character (\\u0000), which jsonb cannot hold");
        }
        return (char) code;
    }

    private static void requirePairs(CharSequence value) throws ConversionException {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1));
            if (!pair) {
                throw new ConversionException("is JSON with half a surrogate pair");
            }
            i++;
        }
    }

    private Object word(String word, Object value) throws ConversionException {
        if (!text.startsWith(word, at)) {
            throw malformed();
        }
        at += word.length();
        return value;
    }

    private BigDecimal number() throws ConversionException {
        int begin = at;
        skip('-');
        if (!skip('0')) {
            digits();
        }
        if (skip('.')) {
            digits();
        }
        if (skip('e') || skip('E')) {
            if (!skip('-')) {
                skip('+');
            }
            digits();
        }
        try {
            return NumericConverter.read(text.substring(begin, at));
        } catch (NumberFormatException e) {
            throw new ConversionException("is JSON with a number that numeric cannot hold");
        }
    }

    private void digits() throws ConversionException {
        int begin = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == begin) {
            throw malformed();
        }
    }

    private boolean skip(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void expect(char c) throws ConversionException {
        if (peek() != c) {
            throw malformed();
        }
        at++;
    }

    private char peek() throws ConversionException {
        if (at >= text.length()) {
            throw new ConversionException("is not valid JSON: it ends too early");
        }
        return text.charAt(at);
    }

    private ConversionException malformed() {
        return new ConversionException("is not valid JSON at character " + (at + 1));
    }
}
