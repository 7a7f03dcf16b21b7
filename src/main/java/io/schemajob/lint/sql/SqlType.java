package io.schemajob.lint.sql;

import java.util.List;

/**
 * A column's type.
 *
 * @param name as {@code format_type} of PostgreSQL would say it, but short where that is long: {@code varchar},
 *     {@code char}, {@code varbit}, {@code timestamptz}, {@code timetz}
 * @param modifiers what stands in parentheses
 * @param array whether it is an array of that
 */
public record SqlType(String name, List<String> modifiers, boolean array) {
    /** The types that are an integer with a sequence behind it. */
    public boolean serial() {
        return name.endsWith("serial");
    }

    /** What a column of this type holds, once it is there. */
    public SqlType stored() {
        return switch (name) {
            case "serial" -> new SqlType("integer", modifiers, array);
            case "bigserial" -> new SqlType("bigint", modifiers, array);
            case "smallserial" -> new SqlType("smallint", modifiers, array);
            default -> this;
        };
    }

    @Override
    public String toString() {
        return name + (modifiers.isEmpty() ? "" : "(" + String.join(",", modifiers) + ")") + (array ? "[]" : "");
    }
}
