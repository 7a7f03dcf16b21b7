package io.schemajob.importer.load;

import io.schemajob.importer.convert.Kind;
import io.schemajob.importer.convert.TargetType;
import java.util.List;
import java.util.Map;

/** Which PostgreSQL types values can be made for, and how their modifiers limit them. */
final class TargetTypes {
    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("uuid", Kind.UUID),
            Map.entry("text", Kind.TEXT),
            Map.entry("varchar", Kind.TEXT),
            Map.entry("bpchar", Kind.CHAR),
            Map.entry("jsonb", Kind.JSONB),
            Map.entry("json", Kind.JSON),
            Map.entry("numeric", Kind.NUMERIC),
            Map.entry("bytea", Kind.BYTEA),
            Map.entry("_text", Kind.TEXT_ARRAY),
            Map.entry("_uuid", Kind.UUID_ARRAY),
            Map.entry("_int4", Kind.INT4_ARRAY),
            Map.entry("_int8", Kind.INT8_ARRAY),
            Map.entry("bool", Kind.BOOLEAN),
            Map.entry("int2", Kind.INT2),
            Map.entry("int4", Kind.INT4),
            Map.entry("int8", Kind.INT8),
            Map.entry("float4", Kind.FLOAT4),
            Map.entry("float8", Kind.FLOAT8),
            Map.entry("date", Kind.DATE),
            Map.entry("timestamp", Kind.TIMESTAMP),
            Map.entry("timestamptz", Kind.TIMESTAMPTZ));

    /** What PostgreSQL adds to a modifier that is a length. */
    private static final int HEADER = 4;

    private TargetTypes() {}

    /**
     * The type, or null if there is no converter for it.
     *
     * @param name of PostgreSQL's own type in {@code pg_type}; null for others
     * @param full as PostgreSQL prints it with its modifier
     * @param modifier {@code atttypmod}, or {@code typtypmod} of a domain; -1 for none
     * @param labels of an enum; else empty
     */
    static TargetType of(String name, String full, int modifier, List<String> labels) {
        if (!labels.isEmpty()) {
            return TargetType.enumeration(full, labels);
        }
        Kind kind = name == null ? null : KINDS.get(name);
        if (kind == null) {
            return null;
        }
        if (modifier < 0) {
            return TargetType.of(kind, full);
        }
        return switch (kind) {
            case TEXT, CHAR -> new TargetType(kind, full, modifier - HEADER, -1, -1);
            case NUMERIC -> new TargetType(kind, full, -1, modifier - HEADER >> 16 & 0xffff, scale(modifier - HEADER));
            case TIMESTAMP, TIMESTAMPTZ -> new TargetType(kind, full, -1, -1, modifier);
            default -> TargetType.of(kind, full);
        };
    }

    /** Eleven bits with a sign, since PostgreSQL 15 (numeric.c). */
    private static int scale(int modifier) {
        return (modifier & 0x7ff ^ 1024) - 1024;
    }
}
