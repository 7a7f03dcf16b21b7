package io.schemajob.catalog.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One key of an index.
 *
 * @param column or null
 * @param expression where it is no plain column, or null
 * @param collation if it is not the column's, or null
 * @param opclass the operator class if it is not the type's default or has parameters, or null
 * @param parameters of the operator class, such as {@code siglen} of {@code gist_trgm_ops}
 * @param descending whether sorted downwards
 * @param nullsFirst whether NULLs sort before the rest; PostgreSQL's default is {@code descending}
 */
public record IndexKey(
        String column,
        String expression,
        String collation,
        String opclass,
        Map<String, String> parameters,
        boolean descending,
        boolean nullsFirst) {
    public IndexKey {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    public static IndexKey of(String column) {
        return new IndexKey(column, null, null, null, Map.of(), false, false);
    }

    /** The column's name or the expression. */
    public String text() {
        return column != null ? column : expression;
    }
}
