package io.schemajob.importer.load;

import io.schemajob.importer.convert.ArrayText;
import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.convert.Kind;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;

/**
 * Writes rows in the binary form of COPY. It is shorter than text and the server reads it nearly twice as fast, mostly
 * because it need not parse UUIDs and timestamps.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, Binary Format</a>
 */
final class BinaryRow {
    private static final byte[] SIGNATURE = "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int NULL_LENGTH = -1;
    private static final int TRAILER = -1;
    private static final int JSONB_VERSION = 1;

    private BinaryRow() {}

    static void begin(CopyBuffer out) {
        out.putBytes(SIGNATURE);
        out.putLong(0);
    }

    static void end(CopyBuffer out) {
        out.putShort(TRAILER);
    }

    /** One field, with its length. */
    static void field(CopyBuffer out, Kind kind, CanonicalValue value) {
        if (value == null) {
            out.putInt(NULL_LENGTH);
            return;
        }
        switch (kind) {
            case BOOLEAN -> {
                out.putInt(1);
                out.putByte((int) value.number());
            }
            case INT2 -> {
                out.putInt(2);
                out.putShort((int) value.number());
            }
            case INT4, FLOAT4, DATE -> {
                out.putInt(4);
                out.putInt((int) value.number());
            }
            case INT8, FLOAT8, TIMESTAMP, TIMESTAMPTZ -> {
                out.putInt(8);
                out.putLong(value.number());
            }
            case JSONB -> {
                out.putInt(value.bytes().length + 1);
                out.putByte(JSONB_VERSION);
                out.putBytes(value.bytes());
            }
            case NUMERIC -> NumericField.put(out, new String(value.bytes(), StandardCharsets.US_ASCII));
            case TEXT_ARRAY, UUID_ARRAY, INT4_ARRAY, INT8_ARRAY ->
                array(out, kind, new String(value.bytes(), StandardCharsets.UTF_8));
            default -> {
                out.putInt(value.bytes().length);
                out.putBytes(value.bytes());
            }
        }
    }

    /** A {@code varbit}; NULL if no bit is set. */
    static void bits(CopyBuffer out, BitSet bits, int width) {
        if (bits.isEmpty()) {
            out.putInt(NULL_LENGTH);
            return;
        }
        int bytes = (width + Byte.SIZE - 1) / Byte.SIZE;
        out.putInt(Integer.BYTES + bytes);
        out.putInt(width);
        for (int i = 0; i < bytes; i++) {
            int packed = 0;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                packed = packed << 1 | (bits.get(i * Byte.SIZE + bit) ? 1 : 0);
            }
            out.putByte(packed);
        }
    }

    /** {@code pg_type.oid}; fixed for all versions. */
    private static int oid(Kind element) {
        return switch (element) {
            case INT8 -> 20;
            case INT4 -> 23;
            case TEXT -> 25;
            case UUID -> 2950;
            default -> throw new IllegalArgumentException("no arrays of " + element);
        };
    }

    private static void array(CopyBuffer out, Kind kind, String text) {
        List<CanonicalValue> elements = ArrayText.elements(kind, text);
        int header = elements.isEmpty() ? 3 * Integer.BYTES : 5 * Integer.BYTES;
        out.putInt(elements.stream()
                .mapToInt(element -> Integer.BYTES + length(kind.element(), element))
                .reduce(header, Math::addExact));
        out.putInt(elements.isEmpty() ? 0 : 1);
        out.putInt(elements.contains(null) ? 1 : 0);
        out.putInt(oid(kind.element()));
        if (!elements.isEmpty()) {
            out.putInt(elements.size());
            out.putInt(1);
        }
        for (CanonicalValue element : elements) {
            field(out, kind.element(), element);
        }
    }

    /** Of an element, as {@link #field} writes it. */
    private static int length(Kind kind, CanonicalValue value) {
        if (value == null) {
            return 0;
        }
        return switch (kind) {
            case INT4 -> Integer.BYTES;
            case INT8 -> Long.BYTES;
            default -> value.bytes().length;
        };
    }
}
