package io.schemajob.catalog.model;

/**
 * One key of an index.
 *
 * @param column or null
 * @param expression where it is no plain column, or null
 * @param collation if it is not the column's, or null
 * @param opclass the operator class if it is not the type's default, or null
 * @param descending whether sorted downwards
 * @param nullsFirst whether NULLs sort before the rest; PostgreSQL's default is {@code descending}
 */
public record IndexKey(
        String column, String expression, String collation, String opclass, boolean descending, boolean nullsFirst) {

    public static IndexKey of(String column) {
        return new IndexKey(column, null, null, null, false, false);
    }

    /** The column's name or the expression. */
    public String text() {
        return column != null ? column : expression;
    }
}
