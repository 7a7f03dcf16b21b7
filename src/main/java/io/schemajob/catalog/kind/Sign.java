package io.schemajob.catalog.kind;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A cheap sign that a schema may have something: it is true at least wherever the query that is sent for it returns rows. All
 * signs are read together ({@link io.schemajob.catalog.live.LiveCatalog}), and only what shows one is asked for.
 *
 * <p>A run has a new session, whose first look at each catalog costs the server more than the answer: so the signs share
 * one look at what depends on the schema, and one each at its relations, indexes, their columns, routines and types; they ask for
 * the size of catalogs that initdb leaves empty instead of for their rows, and what columns show is read with these. A file
 * that was once written to is larger than nothing, so that such a sign may be wrong in one direction only.
 * docs/decisions/0048 says why none of them reads a whole catalog.
 */
public final class Sign {
    /** Where a condition is true or not. */
    public enum Source {
        /** A row {@code c} of {@code pg_class} in the schema. */
        RELATION,
        /** A column {@code a} of a table, view or composite type {@code c}, and its type {@code t}. */
        COLUMN,
        /** A row {@code x} of {@code pg_index} of such a relation. */
        INDEX,
        /** A column {@code a} of an index. */
        INDEX_COLUMN,
        /** A row {@code p} of {@code pg_proc} in the schema. */
        ROUTINE,
        /** A row {@code t} of {@code pg_type} in the schema: neither an array's nor that of a table's rows. */
        TYPE,
        /** A row {@code d} of {@code pg_depend}: what depends on the schema itself. */
        DEPENDENT,
        /** Once; {@code :schema} is the schema's OID. */
        DATABASE
    }

    /**
     * One condition; any of a sign's is enough.
     *
     * @param since major version of the server from which on it may be true
     */
    public record Condition(Source source, String sql, int since) {}

    private final List<Condition> conditions;

    private Sign(List<Condition> conditions) {
        this.conditions = conditions;
    }

    private static Sign of(Source source, String sql) {
        return new Sign(List.of(new Condition(source, sql, 0)));
    }

    /** Whoever wants to know has to ask. */
    static Sign always() {
        return database("true");
    }

    /** @param sql on a row {@code c} of {@code pg_class} */
    public static Sign relation(String sql) {
        return of(Source.RELATION, sql);
    }

    /** @param sql on a row {@code a} of {@code pg_attribute}, its table, view or composite type {@code c} and its type {@code t} */
    static Sign column(String sql) {
        return of(Source.COLUMN, sql);
    }

    /** @param sql on a row {@code x} of {@code pg_index} */
    static Sign index(String sql) {
        return of(Source.INDEX, sql);
    }

    /** @param sql on a row {@code a} of {@code pg_attribute} of an index */
    public static Sign indexColumn(String sql) {
        return of(Source.INDEX_COLUMN, sql);
    }

    /** @param sql on a row {@code p} of {@code pg_proc} */
    public static Sign routine(String sql) {
        return of(Source.ROUTINE, sql);
    }

    /** @param sql on a row {@code t} of {@code pg_type} that is not of an array or of a table's rows */
    public static Sign type(String sql) {
        return of(Source.TYPE, sql);
    }

    /** @param sql that needs no row; {@code :schema} is the schema's OID */
    public static Sign database(String sql) {
        return of(Source.DATABASE, sql);
    }

    /** The schema has something of this catalog, as its dependency on the schema says. */
    public static Sign inSchema(String catalog) {
        return of(Source.DEPENDENT, "d.classid = 'pg_catalog." + catalog + "'::regclass");
    }

    /** The catalog, which initdb leaves empty, has had a row. */
    public static Sign filled(String catalog) {
        return database("pg_catalog.pg_relation_size('pg_catalog." + catalog + "'::regclass) > 0");
    }

    /** Only on servers of this version and newer. */
    Sign since(int major) {
        return new Sign(conditions.stream()
                .map(condition -> new Condition(condition.source, condition.sql, major))
                .toList());
    }

    public Sign or(Sign other) {
        return new Sign(
                Stream.of(this, other).flatMap(sign -> sign.conditions.stream()).toList());
    }

    public List<Condition> conditions() {
        return conditions;
    }

    public boolean shown(Predicate<Condition> isTrue) {
        return conditions.stream().anyMatch(isTrue);
    }
}
