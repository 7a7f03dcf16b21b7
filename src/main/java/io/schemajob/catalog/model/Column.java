package io.schemajob.catalog.model;

/**
 * A column of a table.
 *
 * @param name as stored
 * @param type canonical, as {@code format_type} prints it
 * @param nullable whether it takes NULL; false only if the server has proved it for every row
 * @param defaultValue an expression, or null; never set together with {@code identity} or {@code generated}
 * @param identity or null
 * @param generated or null
 * @param collation its name if it is not that of the type, or null
 * @param comment or null
 */
public record Column(
        String name,
        String type,
        boolean nullable,
        String defaultValue,
        Identity identity,
        Generated generated,
        String collation,
        String comment) {

    /** A nullable column without anything else. */
    public static Column of(String name, String type) {
        return new Column(name, type, true, null, null, null, null, null);
    }

    /** Who may supply the value of an identity column. */
    public enum Identity {
        ALWAYS,
        BY_DEFAULT
    }

    /**
     * How a column is computed.
     *
     * @param expression from columns of the same row
     * @param stored false for the virtual columns that PostgreSQL 18 introduced
     */
    public record Generated(String expression, boolean stored) {}

    /** The same with another default. */
    public Column withDefault(String other) {
        return new Column(name, type, nullable, other, identity, generated, collation, comment);
    }

    /** The same as NOT NULL. */
    public Column required() {
        return new Column(name, type, false, defaultValue, identity, generated, collation, comment);
    }

    /** The same without NOT NULL. */
    public Column optional() {
        return new Column(name, type, true, defaultValue, identity, generated, collation, comment);
    }

    /** The same without being an identity column. */
    public Column withoutIdentity() {
        return new Column(name, type, nullable, defaultValue, null, generated, collation, comment);
    }

    /** The same with another comment. */
    public Column withComment(String other) {
        return new Column(name, type, nullable, defaultValue, identity, generated, collation, other);
    }

    /** Whether an INSERT that does not name this column is refused. */
    public boolean mustBeSupplied() {
        return !nullable && defaultValue == null && identity == null && generated == null;
    }
}
