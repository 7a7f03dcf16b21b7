package io.schemajob.importer.convert;

import java.nio.charset.StandardCharsets;

/**
 * Checks UTF-8 as strictly as PostgreSQL does (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF), and
 * refuses NUL, which no PostgreSQL text can hold.
 */
public final class Utf8Text {
    private Utf8Text() {}

    /** The number of code points. */
    static int requireValid(byte[] text) throws ConversionException {
        int count = 0;
        int i = 0;
        while (i < text.length) {
            int lead = text[i];
            if (lead > 0) {
                i++;
            } else if (lead == 0) {
                throw new ConversionException(
                        "has a NUL character at byte " + i + ", which PostgreSQL text cannot hold",
                        "has a NUL character, which PostgreSQL text cannot hold");
            } else {
                i += sequence(text, i, lead & 0xff);
            }
            count++;
        }
        return count;
    }

    /** The length of the sequence that begins here. */
    private static int sequence(byte[] text, int i, int lead) throws ConversionException {
        int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        if (lead < 0xc2 || lead > 0xf4 || i + length > text.length) {
            throw invalid(i);
        }
        int second = text[i + 1] & 0xff;
        int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < least || second > most) {
            throw invalid(i);
        }
        for (int j = i + 2; j < i + length; j++) {
            if ((text[j] & 0xc0) != 0x80) {
                throw invalid(i);
            }
        }
        return length;
    }

    private static ConversionException invalid(int position) {
        return new ConversionException("is not valid UTF-8 at byte " + position, "is not valid UTF-8");
    }

    /** The beginning of a text for a message: control characters escaped, invalid bytes as U+FFFD. */
    static String printable(byte[] text, int longest) {
        int taken = Math.min(text.length, 4 * longest + 4);
        String whole = new String(text, 0, taken, StandardCharsets.UTF_8);
        StringBuilder shown = new StringBuilder();
        int count = 0;
        int i = 0;
        while (i < whole.length() && count++ < longest) {
            int c = whole.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                shown.append("\\u%04x".formatted(c));
            } else {
                shown.appendCodePoint(c);
            }
        }
        return shown.append(i < whole.length() || taken < text.length ? "…" : "")
                .toString();
    }
}
