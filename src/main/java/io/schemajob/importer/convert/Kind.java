package io.schemajob.importer.convert;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** How a PostgreSQL type is represented as a {@link CanonicalValue}. */
public enum Kind {
    UUID(false),
    TEXT(false),
    /** {@code char(n)}: trailing spaces do not count. */
    CHAR(false),
    JSONB(false),
    JSON(false),
    NUMERIC(false),
    BYTEA(false),
    /** The label. */
    ENUM(false),
    TEXT_ARRAY(false),
    UUID_ARRAY(false),
    INT4_ARRAY(false),
    INT8_ARRAY(false),
    BOOLEAN(true),
    INT2(true),
    INT4(true),
    INT8(true),
    /** The bits of an IEEE 754 number. */
    FLOAT4(true),
    FLOAT8(true),
    /** Days since 2000-01-01. */
    DATE(true),
    /** Microseconds since 2000-01-01T00:00. */
    TIMESTAMP(true),
    TIMESTAMPTZ(true);

    /** Between 1970-01-01 and PostgreSQL's 2000-01-01. */
    public static final long EPOCH_DAYS = 10_957;

    public static final long EPOCH_MICROS = EPOCH_DAYS * 86_400_000_000L;

    private final boolean number;

    Kind(boolean number) {
        this.number = number;
    }

    /** Whether {@link CanonicalValue#number} holds the value. */
    public boolean isNumber() {
        return number;
    }

    /** What an array holds; null for what is none. */
    public Kind element() {
        return switch (this) {
            case TEXT_ARRAY -> TEXT;
            case UUID_ARRAY -> UUID;
            case INT4_ARRAY -> INT4;
            case INT8_ARRAY -> INT8;
            default -> null;
        };
    }

    /** For people, and for comparing field by field; the same text as {@code TargetSql} makes on the server. */
    public String text(CanonicalValue value) {
        if (number) {
            return String.valueOf(value.number());
        }
        return switch (this) {
            case UUID -> Ids.toUuid(value.bytes()).toString();
            case BYTEA -> HexFormat.of().formatHex(value.bytes());
            default -> new String(value.bytes(), StandardCharsets.UTF_8);
        };
    }
}
