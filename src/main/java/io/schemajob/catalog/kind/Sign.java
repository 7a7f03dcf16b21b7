package io.schemajob.catalog.kind;

import java.util.List;
import java.util.stream.Stream;

/**
 * A cheap sign that a schema may have objects of a kind: it is true at least wherever the kind's query returns rows. All signs
 * are read by one statement ({@link #outline}), and only kinds that show one are asked.
 *
 * <p>A run has a new session, whose first look at each catalog costs the server more than the answer: so the signs share
 * one pass over the schema's relations and one over its columns, and ask for the size of catalogs that initdb leaves empty
 * instead of for their rows. A file that was once written to is larger than nothing, so that such a sign may be wrong in one
 * direction only.
 */
public final class Sign {
    /** Where the condition is true or not. */
    private enum Source {
        /** A row {@code c} of {@code pg_class} in the schema. */
        RELATION,
        /** A column {@code a} of a relation {@code c}, of type {@code t}; of indexes too. */
        COLUMN,
        /** Once. */
        DATABASE
    }

    private record Term(Source source, String condition) {}

    private final List<Term> terms;

    private Sign(List<Term> terms) {
        this.terms = terms;
    }

    private static Sign of(Source source, String condition) {
        return new Sign(List.of(new Term(source, condition)));
    }

    /** Whoever wants to know has to ask. */
    static Sign always() {
        return database("true");
    }

    /** @param condition on a row {@code c} of {@code pg_class} */
    static Sign relation(String condition) {
        return of(Source.RELATION, condition);
    }

    /** @param condition on a row {@code a} of {@code pg_attribute}, its relation {@code c} and its type {@code t} */
    static Sign column(String condition) {
        return of(Source.COLUMN, condition);
    }

    /** @param condition that needs no row; {@code :schema} is the schema's OID */
    static Sign database(String condition) {
        return of(Source.DATABASE, condition);
    }

    /** The schema has something of this catalog, as its dependency on the schema says. */
    static Sign inSchema(String catalog) {
        return database("'pg_catalog." + catalog + "'::regclass = ANY (n.catalogs)");
    }

    /** The catalog, which initdb leaves empty, has had a row. */
    static Sign filled(String catalog) {
        return database("pg_catalog.pg_relation_size('pg_catalog." + catalog + "'::regclass) > 0");
    }

    /** Only on servers of this version and newer. */
    Sign since(int major) {
        String newer = "pg_catalog.current_setting('server_version_num')::int >= " + major + "0000 AND ";
        return new Sign(terms.stream()
                .map(term -> new Term(term.source, newer + "(" + term.condition + ")"))
                .toList());
    }

    Sign or(Sign other) {
        return new Sign(
                Stream.of(this, other).flatMap(sign -> sign.terms.stream()).toList());
    }

    /** A statement of one row with a boolean for each sign, {@code s0}, {@code s1} …; NULL means false. */
    public static String outline(List<Sign> signs) {
        StringBuilder relations = new StringBuilder();
        StringBuilder columns = new StringBuilder();
        StringBuilder results = new StringBuilder();
        int number = 0;
        for (int i = 0; i < signs.size(); i++) {
            String separator = i == 0 ? "" : ",\n";
            StringBuilder either = new StringBuilder();
            for (Term term : signs.get(i).terms) {
                String label = "x" + number++;
                String aggregate = ",\n       pg_catalog.bool_or(" + term.condition + ") AS " + label;
                either.append(either.isEmpty() ? "" : " OR ");
                switch (term.source) {
                    case RELATION -> {
                        relations.append(aggregate);
                        either.append("COALESCE(r.").append(label).append(", false)");
                    }
                    case COLUMN -> {
                        columns.append(aggregate);
                        either.append("COALESCE(k.").append(label).append(", false)");
                    }
                    case DATABASE ->
                        either.append("COALESCE(").append(term.condition).append(", false)");
                }
            }
            results.append(separator).append(either).append(" AS s").append(i);
        }
        return """
            SELECT %s
              FROM (SELECT pg_catalog.count(*)%s
                      FROM pg_catalog.pg_class c WHERE c.relnamespace = :schema) r
             CROSS JOIN (SELECT pg_catalog.count(*)%s
                      FROM pg_catalog.pg_class c
                      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                      JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
                     WHERE c.relnamespace = :schema) k
             CROSS JOIN (SELECT pg_catalog.array_agg(DISTINCT d.classid) AS catalogs FROM pg_catalog.pg_depend d
                     WHERE d.refclassid = 'pg_catalog.pg_namespace'::regclass AND d.refobjid = :schema) n
            """
                .formatted(results, relations, columns);
    }
}
