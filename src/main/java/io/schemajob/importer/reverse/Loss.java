package io.schemajob.importer.reverse;

import io.schemajob.report.text.Counted;

/**
 * Values of a column that an export would not give back as SQLite held them, by type and value.
 *
 * @param table in PostgreSQL
 * @param column in PostgreSQL; empty for a whole table that a view or a query gave
 * @param values how many
 * @param more whether there are more, which were not counted
 * @param row of the first, as the source names it
 * @param before the first value
 * @param after what it would come back as
 */
public record Loss(String table, String column, long values, boolean more, long row, String before, String after) {
    /** All rows of a table whose source nothing can be written into. */
    public static Loss ofTable(String table, long rows) {
        return new Loss(table, "", rows, false, 0, "", "");
    }

    /**
     * What is missing afterwards, or needs something to come back.
     *
     * @param column empty for the whole table
     * @param sentence about these values
     */
    public static Loss said(String table, String column, long values, String sentence) {
        return new Loss(table, column, values, false, 0, null, sentence);
    }

    /** A clause for people, without a full stop. */
    @Override
    public String toString() {
        if (before == null) {
            return "%s%s: %s".formatted(table, column.isEmpty() ? "" : "." + column, after);
        }
        if (column.isEmpty()) {
            return table + ": "
                    + Counted.of(
                            values,
                            "row of a view or a query does not go back into it",
                            "rows of a view or a query do not go back into it");
        }
        String come = Counted.of(
                values,
                "value does not come back as it was; row %d",
                "values do not come back as they were; the first, row %d");
        return "%s.%s: %s%s, was %s and comes back as %s"
                .formatted(table, column, more ? "more than " : "", come.formatted(row), before, after);
    }
}
