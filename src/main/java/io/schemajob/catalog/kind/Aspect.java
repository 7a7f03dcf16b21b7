package io.schemajob.catalog.kind;

/**
 * Something of an object that is compared on its own, under one key of {@code schema.yaml} and one column of the kind's
 * query.
 *
 * @param key of both
 * @param form how its values are read, written and compared
 * @param usual PostgreSQL's default, which is written by leaving the key out; null if that is none
 * @param since the level of declarations that know it, see {@link Kinds#LEVEL}; older ones say nothing of it
 */
public record Aspect(String key, Form form, Object usual, int since) {
    private static final int FIRST = 2;

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
        /** Words with commas between them, in any order and case. */
        WORDS,
        /** SQL texts in an order that counts. */
        LIST,
        /** Options by name. */
        MAP
    }

    public static Aspect text(String key) {
        return new Aspect(key, Form.TEXT, null, FIRST);
    }

    public static Aspect number(String key) {
        return new Aspect(key, Form.NUMBER, null, FIRST);
    }

    public static Aspect flag(String key) {
        return new Aspect(key, Form.FLAG, "false", FIRST);
    }

    public static Aspect sql(String key) {
        return new Aspect(key, Form.SQL, null, FIRST);
    }

    public static Aspect expression(String key) {
        return new Aspect(key, Form.EXPRESSION, null, FIRST);
    }

    public static Aspect list(String key) {
        return new Aspect(key, Form.LIST, null, FIRST);
    }

    public static Aspect words(String key) {
        return new Aspect(key, Form.WORDS, null, FIRST);
    }

    public static Aspect map(String key) {
        return new Aspect(key, Form.MAP, null, FIRST);
    }

    /** The same with a default that is not written. */
    public Aspect usually(Object value) {
        return new Aspect(key, form, value, since);
    }

    /** The same as a later level added it. */
    Aspect since(int level) {
        return new Aspect(key, form, usual, level);
    }

    /** In the words of a report: {@code replica identity}. */
    public String label() {
        return key.replace('_', ' ');
    }
}
