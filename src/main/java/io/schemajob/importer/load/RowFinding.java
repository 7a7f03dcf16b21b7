package io.schemajob.importer.load;

/**
 * A value, or a row, that does not fit.
 *
 * @param table in SQLite
 * @param row its rowid; for tables without one, its place in the table from 1
 * @param key what a person looks for, such as {@code id 't77'}; empty if the row has no key, or the rowid is the key
 * @param column in SQLite, or several
 * @param value shortened
 * @param reason a clause: "is not valid JSON at character 4"
 */
public record RowFinding(String table, long row, String key, String column, String value, String reason) {
    RowFinding withKey(String found) {
        return new RowFinding(table, row, found, column, value, reason);
    }

    /** The row in words: {@code 78 (id 't77')}. */
    public String place() {
        return key.isEmpty() ? String.valueOf(row) : row + " (" + key + ")";
    }

    @Override
    public String toString() {
        return "%s row %s: %s %s %s".formatted(table, place(), column, value, reason);
    }
}
