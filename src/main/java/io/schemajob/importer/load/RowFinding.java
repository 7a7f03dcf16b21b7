package io.schemajob.importer.load;

/**
 * A value, or a row, that does not fit.
 *
 * @param table in SQLite
 * @param row its rowid; for tables without one, its place in the table from 1
 * @param column in SQLite, or several
 * @param value shortened
 * @param reason a clause: "is not valid JSON at character 4"
 */
public record RowFinding(String table, long row, String column, String value, String reason) {
    @Override
    public String toString() {
        return "%s row %d: %s %s %s".formatted(table, row, column, value, reason);
    }
}
