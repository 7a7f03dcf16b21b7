package io.schemajob.importer.convert;

import java.util.List;

/**
 * The type of a PostgreSQL column as far as a value has to fit it.
 *
 * @param kind how values are represented
 * @param name as PostgreSQL prints it, such as {@code character varying(50)}
 * @param length most characters, or -1
 * @param precision of {@code numeric}, or -1
 * @param scale of {@code numeric}, or digits of a second; -1 if not limited
 * @param labels of an enum, in their order; else empty
 */
public record TargetType(Kind kind, String name, int length, int precision, int scale, List<String> labels) {
    public TargetType(Kind kind, String name, int length, int precision, int scale) {
        this(kind, name, length, precision, scale, List.of());
    }

    /** An enum. */
    public static TargetType enumeration(String name, List<String> labels) {
        return new TargetType(Kind.ENUM, name, -1, -1, -1, List.copyOf(labels));
    }

    public static TargetType of(Kind kind, String name) {
        return new TargetType(kind, name, -1, -1, -1);
    }

    /** Text of at most so many characters. */
    public static TargetType varchar(int length) {
        return new TargetType(Kind.TEXT, "character varying(" + length + ")", length, -1, -1);
    }

    public static TargetType numeric(int precision, int scale) {
        return new TargetType(Kind.NUMERIC, "numeric(" + precision + "," + scale + ")", -1, precision, scale);
    }
}
