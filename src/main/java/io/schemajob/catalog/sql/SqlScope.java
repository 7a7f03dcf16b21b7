package io.schemajob.catalog.sql;

import java.util.List;

/**
 * What an SQL text of a schema stands in: it decides which names the text may use and what type it gets, so two texts can
 * only be compared in the same one.
 *
 * @param kind sort of place
 * @param parts what the place needs to be made anew, in SQL; names are as stored
 */
public record SqlScope(Kind kind, List<String> parts) {
    /** The sorts of places, with their parts. */
    public enum Kind {
        /** An expression over a table: its name. */
        TABLE,
        /** A list of expressions over a table: its name. */
        TABLE_LIST,
        /** The condition of a trigger, over OLD and NEW: the table's name. */
        TRIGGER,
        /** A check of a domain, over VALUE: the base type. */
        DOMAIN,
        /** A default: the type. */
        DEFAULT,
        /** The query of a view. */
        QUERY,
        /** Parsed SQL: arguments and result of its function. */
        BODY,
        /** Arguments of a function: its result. */
        ARGUMENTS,
        /** Result of a function: its arguments. */
        RESULT,
        /** What a table is partitioned by: its columns. */
        PARTITION_KEY,
        /** An exclusion constraint: columns of the table. */
        EXCLUSION,
        /** Other SQL, which no scratch object can be made of. */
        WORDS
    }

    /** A procedure has no result. */
    public static final String PROCEDURE = "";

    public static final SqlScope QUERY = new SqlScope(Kind.QUERY, List.of());
    public static final SqlScope WORDS = new SqlScope(Kind.WORDS, List.of());

    public SqlScope {
        parts = List.copyOf(parts);
    }

    public static SqlScope table(String relation) {
        return new SqlScope(Kind.TABLE, List.of(relation));
    }

    public static SqlScope list(String relation) {
        return new SqlScope(Kind.TABLE_LIST, List.of(relation));
    }

    public static SqlScope trigger(String relation) {
        return new SqlScope(Kind.TRIGGER, List.of(relation));
    }

    /** @param collation of the domain, or null */
    public static SqlScope domain(String type, String collation) {
        return new SqlScope(Kind.DOMAIN, List.of(type + collate(collation)));
    }

    public static SqlScope defaultOf(String type) {
        return new SqlScope(Kind.DEFAULT, List.of(type));
    }

    /** @param result null for a procedure */
    public static SqlScope body(String arguments, String result) {
        return new SqlScope(Kind.BODY, List.of(arguments, result == null ? PROCEDURE : result));
    }

    /** @param result null for a procedure */
    public static SqlScope arguments(String result) {
        return new SqlScope(Kind.ARGUMENTS, List.of(result == null ? PROCEDURE : result));
    }

    public static SqlScope result(String arguments) {
        return new SqlScope(Kind.RESULT, List.of(arguments));
    }

    /** A column as {@link Kind#PARTITION_KEY} and {@link Kind#EXCLUSION} have it. */
    public static String column(String name, String type, String collation) {
        return SqlText.name(name) + " " + type + collate(collation);
    }

    private static String collate(String collation) {
        return collation == null ? "" : " COLLATE " + SqlText.reference(collation);
    }
}
