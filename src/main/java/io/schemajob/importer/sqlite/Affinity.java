package io.schemajob.importer.sqlite;

import java.util.Locale;

/**
 * What SQLite makes of a value that is stored in a column, by the words of the column's declared type.
 *
 * @see <a href="https://www.sqlite.org/datatype3.html#type_affinity">Type Affinity</a>
 */
public enum Affinity {
    TEXT,
    NUMERIC,
    INTEGER,
    REAL,
    /** Every value stays what it is. */
    NONE;

    /** By the five rules, in their order. */
    public static Affinity of(String declaredType) {
        String type = declaredType.toUpperCase(Locale.ROOT);
        if (type.contains("INT")) {
            return INTEGER;
        } else if (type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT")) {
            return TEXT;
        } else if (type.isEmpty() || type.contains("BLOB")) {
            return NONE;
        } else if (type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB")) {
            return REAL;
        }
        return NUMERIC;
    }

    /** Whether numbers are kept as numbers, and texts that look like one become one. */
    public boolean isNumeric() {
        return this == NUMERIC || this == INTEGER || this == REAL;
    }
}
