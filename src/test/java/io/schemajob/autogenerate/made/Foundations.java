package io.schemajob.autogenerate.made;

import java.util.ArrayList;
import java.util.List;

/** Collations, types, sequences and the functions that tables use. */
final class Foundations {
    private final Draft d;

    Foundations(Draft draft) {
        this.d = draft;
    }

    void make() {
        if (d.maybe("citext", 8)) {
            d.sql("CREATE EXTENSION citext");
            d.types.put("citext", "citext");
        }
        collations();
        enums();
        domains();
        composites();
        ranges();
        sequences();
        functions();
    }

    private void collations() {
        if (d.maybe("collation", 3)) {
            String name = d.name("bytes");
            d.sql("CREATE COLLATION %s (provider = libc, locale = '%s')", name, d.of("collation locale", "C", "POSIX"));
            d.types.put("collation", name);
            d.commentable.add("COLLATION " + name);
        }
        if (d.maybe("icu", 4)) {
            d.sql(
                    "CREATE COLLATION german (provider = icu, locale = '%s'%s)",
                    d.of("icu locale", "de-DE", "en-US", "de-DE-u-co-phonebk"),
                    d.maybe("icu nondeterministic", 2) ? ", deterministic = false" : "");
            d.types.put("icu", "german");
        }
    }

    private void enums() {
        if (!d.maybe("enum", 2)) {
            return;
        }
        String name = d.name("mood");
        List<String> values = new ArrayList<>(List.of("'a'", "'b'"));
        if (d.maybe("enum first", 3)) {
            values.add(0, "'it''s'");
        }
        if (d.maybe("enum middle", 3)) {
            values.add(1, "'Big one'");
        }
        if (d.maybe("enum last", 3)) {
            values.add("'c'");
        }
        d.sql("CREATE TYPE %s AS ENUM (%s)", name, String.join(", ", values));
        d.types.put("enum", name);
        d.commentable.add("TYPE " + name);
        d.grantable.add("TYPE " + name);
    }

    private void domains() {
        if (d.maybe("domain", 3)) {
            String name = d.name("code");
            String base = d.of("domain type", "text", "varchar(30)", "text");
            d.sql(
                    "CREATE DOMAIN %s AS %s%s%s%s%s",
                    name,
                    base,
                    d.types.containsKey("collation") && d.maybe("domain collation", 2)
                            ? " COLLATE " + d.types.get("collation")
                            : "",
                    d.of("domain default", "", " DEFAULT 'x'", " DEFAULT upper('y')"),
                    d.maybe("domain not null", 6) ? " NOT NULL" : "",
                    d.of(
                            "domain check",
                            "",
                            " CONSTRAINT code_form CHECK (VALUE ~ '^[a-z]*$')",
                            " CONSTRAINT code_form CHECK (length(VALUE) < 20) CONSTRAINT code_not CHECK (VALUE <> 'q')",
                            " CHECK (VALUE IN ('x', 'y', 'Y'))"));
            d.types.put("domain", name);
            d.commentable.add("DOMAIN " + name);
            if (d.maybe("domain not valid", 5)) {
                d.sql("ALTER DOMAIN %s ADD CONSTRAINT code_later CHECK (VALUE <> 'z') NOT VALID", name);
                d.commentable.add("CONSTRAINT code_later ON DOMAIN " + name);
            }
            if (d.maybe("domain over domain", 5)) {
                d.sql("CREATE DOMAIN a_short AS %s CHECK (length(VALUE) < 5)", name);
                d.types.put("domain2", "a_short");
            }
        }
        if (d.types.containsKey("enum") && d.maybe("domain of enum", 5)) {
            d.sql("CREATE DOMAIN a_feeling AS %s CHECK (VALUE <> 'b')", d.types.get("enum"));
            d.types.put("domain3", "a_feeling");
        }
    }

    private void composites() {
        if (!d.maybe("composite", 3)) {
            return;
        }
        String name = d.name("pair");
        List<String> parts = new ArrayList<>(List.of("a integer", "b text"));
        if (d.types.containsKey("enum") && d.maybe("composite of enum", 3)) {
            parts.add("m " + d.types.get("enum"));
        }
        if (d.types.containsKey("domain") && d.maybe("composite of domain", 3)) {
            parts.add("d " + d.types.get("domain") + "[]");
        }
        if (d.maybe("composite collated", 5)) {
            parts.add("\"C\" text COLLATE \"C\"");
        }
        if (d.maybe("composite last", 3)) {
            parts.add("z numeric(6,2)");
        }
        d.sql("CREATE TYPE %s AS (%s)", name, String.join(", ", parts));
        d.types.put("composite", name);
        d.commentable.add("TYPE " + name);
        d.commentable.add("COLUMN " + name + ".b");
    }

    private void ranges() {
        if (d.maybe("range", 4)) {
            String name = d.name("span");
            d.sql(
                    "CREATE TYPE %s AS RANGE (subtype = %s%s)",
                    name,
                    d.of(
                            "range subtype",
                            "integer",
                            "float8, subtype_diff = float8mi",
                            "text, collation = \"C\"",
                            "date"),
                    d.maybe("multirange", 3) ? ", multirange_type_name = spans" : "");
            d.types.put("range", name);
            d.commentable.add("TYPE " + name);
        }
    }

    private void sequences() {
        if (d.maybe("sequence", 3)) {
            String name = d.name("counter");
            d.sql(
                    "CREATE SEQUENCE %s%s%s%s%s",
                    name,
                    d.of("sequence type", "", " AS integer", " AS smallint"),
                    d.of("sequence increment", "", " INCREMENT BY 5", " INCREMENT BY -1"),
                    d.maybe("sequence cache", 4) ? " CACHE 7" : "",
                    d.maybe("sequence cycle", 4) ? " CYCLE" : "");
            d.types.put("sequence", name);
            d.commentable.add("SEQUENCE " + name);
            d.grantable.add("SEQUENCE " + name);
        }
    }

    private void functions() {
        String touch = d.name("touch");
        d.sql(
                "CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS $$%s$$",
                touch,
                d.of(
                        "touch body",
                        "BEGIN RETURN NEW; END",
                        "BEGIN RETURN NEW; END ",
                        "\nBEGIN\n    RETURN coalesce(NEW, OLD);  \nEND\n"));
        d.functions.put("trigger", touch);
        d.commentable.add("FUNCTION " + touch + "()");
        if (d.maybe("calc", 2)) {
            String calc = d.name("calc");
            d.sql(
                    "CREATE FUNCTION %s(n integer%s) RETURNS integer LANGUAGE sql IMMUTABLE%s%s%s%s AS 'SELECT n + %s'",
                    calc,
                    d.of("calc arguments", "", ", m integer DEFAULT 2", ", VARIADIC more integer[] DEFAULT '{}'"),
                    d.maybe("calc strict", 3) ? " STRICT" : "",
                    d.of("calc parallel", "", " PARALLEL SAFE", " PARALLEL RESTRICTED"),
                    d.maybe("calc leakproof", 5) ? " LEAKPROOF" : "",
                    d.of("calc cost", "", " COST 5", " COST 0.5"),
                    d.of("calc body", "1", "2"));
            d.functions.put("calc", calc);
            d.grantable.add("FUNCTION " + calc);
        }
        if (d.maybe("norm", 3)) {
            d.sql(
                    "CREATE FUNCTION norm(t text) RETURNS text %s",
                    d.of(
                            "norm body",
                            "LANGUAGE sql IMMUTABLE RETURN lower(t)",
                            "LANGUAGE sql IMMUTABLE AS 'SELECT lower(t)'",
                            "LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog AS $f$BEGIN RETURN lower(t); END$f$",
                            "LANGUAGE sql IMMUTABLE SECURITY DEFINER SET \"app.x\" = 'a b' SET work_mem = '1MB' AS 'SELECT upper(t)'"));
            d.functions.put("norm", "norm");
        }
        if (d.types.containsKey("enum") && d.maybe("enum function", 4)) {
            d.sql(
                    "CREATE FUNCTION rank_of(m %1$s, OUT a integer, OUT b %1$s) LANGUAGE sql IMMUTABLE AS $$ SELECT length(m::text), m $$",
                    d.types.get("enum"));
        }
        if (d.maybe("overloads", 5)) {
            d.sql("CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2'");
            d.sql(
                    "CREATE FUNCTION twice(text, integer DEFAULT 1) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1 || $1'");
            d.commentable.add("FUNCTION twice(integer)");
            d.commentable.add("FUNCTION twice(text, integer)");
        }
    }
}
