package io.schemajob.importer.convert;

import java.util.Arrays;
import java.util.Locale;

/** At which ends blanks, tabs and line breaks are left out of a text, before anything else is done with it. */
public enum Trim {
    NONE,
    LEFT,
    RIGHT,
    BOTH;

    /** The value without them; the same if there are none. */
    SourceValue of(SourceValue value) {
        if (this == NONE || value.type() != StorageClass.TEXT) {
            return value;
        }
        byte[] text = value.bytes();
        int begin = 0;
        int end = text.length;
        while (this != RIGHT && begin < end && isBlank(text[begin])) {
            begin++;
        }
        while (this != LEFT && end > begin && isBlank(text[end - 1])) {
            end--;
        }
        return end - begin == text.length ? value : SourceValue.text(Arrays.copyOfRange(text, begin, end));
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b >= '\t' && b <= '\r';
    }

    /** As {@code import.yaml} has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
