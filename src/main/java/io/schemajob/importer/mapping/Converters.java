package io.schemajob.importer.mapping;

import io.schemajob.importer.convert.Kind;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeMap;

/** The words that {@code as:} knows. The target's type decides anyway; a word that contradicts it is a mistake found. */
public final class Converters {
    private static final TreeMap<String, Set<Kind>> BY_NAME = new TreeMap<>();

    static {
        BY_NAME.put("uuid", EnumSet.of(Kind.UUID));
        BY_NAME.put("text", EnumSet.of(Kind.TEXT, Kind.CHAR, Kind.ENUM));
        BY_NAME.put("json", EnumSet.of(Kind.JSON, Kind.JSONB));
        BY_NAME.put("numeric", EnumSet.of(Kind.NUMERIC));
        BY_NAME.put("integer", EnumSet.of(Kind.INT2, Kind.INT4, Kind.INT8));
        BY_NAME.put("float", EnumSet.of(Kind.FLOAT4, Kind.FLOAT8));
        BY_NAME.put("boolean", EnumSet.of(Kind.BOOLEAN));
        BY_NAME.put("bytes", EnumSet.of(Kind.BYTEA));
        BY_NAME.put("array", EnumSet.of(Kind.TEXT_ARRAY, Kind.UUID_ARRAY, Kind.INT4_ARRAY, Kind.INT8_ARRAY));
        BY_NAME.put("date", EnumSet.of(Kind.DATE));
        BY_NAME.put("timestamp", EnumSet.of(Kind.TIMESTAMP, Kind.TIMESTAMPTZ));
    }

    private Converters() {}

    static boolean makes(String name, Kind kind) {
        return BY_NAME.getOrDefault(name, Set.of()).contains(kind);
    }

    static String names() {
        return String.join(", ", BY_NAME.keySet());
    }

    /** The word for a kind, for drafts. */
    public static String nameOf(Kind kind) {
        return BY_NAME.entrySet().stream()
                .filter(entry -> entry.getValue().contains(kind))
                .findFirst()
                .orElseThrow()
                .getKey();
    }
}
