package io.schemajob.database;

/** Quotes names for SQL, since names cannot be bound as parameters. */
public final class Identifiers {
    private Identifiers() {}

    /** The name as a quoted identifier. */
    public static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Schema and name, both quoted. */
    public static String qualify(String schema, String name) {
        return quote(schema) + "." + quote(name);
    }
}
