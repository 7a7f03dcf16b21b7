package io.schemajob.importer.convert;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One field as SQLite holds it. Text stays bytes: SQLite never checks that they are UTF-8, and most of them go on to
 * PostgreSQL without ever becoming a String.
 *
 * @param type the storage class; it says which of the other components counts
 * @param integer for INTEGER
 * @param real for REAL
 * @param bytes for TEXT (UTF-8, unchecked) and BLOB
 */
public record SourceValue(StorageClass type, long integer, double real, byte[] bytes) {
    public static final SourceValue NULL = new SourceValue(StorageClass.NULL, 0, 0, null);

    /** Characters of a value that a message shows. */
    private static final int SHOWN = 60;

    private static final int SHOWN_BYTES = 20;

    public static SourceValue integer(long value) {
        return new SourceValue(StorageClass.INTEGER, value, 0, null);
    }

    public static SourceValue real(double value) {
        return new SourceValue(StorageClass.REAL, 0, value, null);
    }

    /** @param utf8 not copied */
    public static SourceValue text(byte[] utf8) {
        return new SourceValue(StorageClass.TEXT, 0, 0, utf8);
    }

    public static SourceValue text(String text) {
        return text(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param content not copied */
    public static SourceValue blob(byte[] content) {
        return new SourceValue(StorageClass.BLOB, 0, 0, content);
    }

    public boolean isNull() {
        return type == StorageClass.NULL;
    }

    public boolean isEmptyText() {
        return type == StorageClass.TEXT && bytes.length == 0;
    }

    /** Whether SQLite could not tell the two apart. */
    public boolean isSameAs(SourceValue other) {
        return type == other.type
                && integer == other.integer
                && real == other.real
                && Arrays.equals(bytes, other.bytes);
    }

    /** TEXT as a String, with U+FFFD for what is no UTF-8. */
    public String string() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A text, or a number in decimal, as a mapping names it. */
    public String words() {
        return type == StorageClass.TEXT ? string() : shown();
    }

    /** For messages: shortened, control characters escaped. */
    public String shown() {
        return switch (type) {
            case NULL -> "NULL";
            case INTEGER -> String.valueOf(integer);
            case REAL -> String.valueOf(real);
            case TEXT -> "'" + Utf8Text.printable(bytes, SHOWN) + "'";
            case BLOB -> {
                int shown = Math.min(bytes.length, SHOWN_BYTES);
                yield "x'" + HexFormat.of().formatHex(bytes, 0, shown) + (shown < bytes.length ? "…" : "") + "'";
            }
        };
    }
}
