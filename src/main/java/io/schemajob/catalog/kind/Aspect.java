package io.schemajob.catalog.kind;

/**
 * Something of an object that is compared on its own, under one key of {@code schema.yaml} and one column of the kind's
 * query.
 *
 * @param key of both
 * @param form how its values are read, written and compared
 * @param usual PostgreSQL's default, which is written by leaving the key out; null if that is none
 */
public record Aspect(String key, Form form, Object usual) {
    /** How values of an aspect look, and when two of them are equal. */
    public enum Form {
        /** As it is. */
        TEXT,
        /** A whole or decimal number. */
        NUMBER,
        /** True, or absent. */
        FLAG,
        /** SQL that is equal if its tokens are. */
        SQL,
        /** An SQL expression in any notation. */
        EXPRESSION,
        /** SQL texts in an order that counts. */
        LIST,
        /** Options by name. */
        MAP
    }

    public static Aspect text(String key) {
        return new Aspect(key, Form.TEXT, null);
    }

    public static Aspect number(String key) {
        return new Aspect(key, Form.NUMBER, null);
    }

    public static Aspect flag(String key) {
        return new Aspect(key, Form.FLAG, "false");
    }

    public static Aspect sql(String key) {
        return new Aspect(key, Form.SQL, null);
    }

    public static Aspect expression(String key) {
        return new Aspect(key, Form.EXPRESSION, null);
    }

    public static Aspect list(String key) {
        return new Aspect(key, Form.LIST, null);
    }

    public static Aspect map(String key) {
        return new Aspect(key, Form.MAP, null);
    }

    /** The same with a default that is not written. */
    public Aspect usually(Object value) {
        return new Aspect(key, form, value);
    }

    /** In the words of a report: {@code replica identity}. */
    public String label() {
        return key.replace('_', ' ');
    }
}
