package io.schemajob.autogenerate.made;

import io.schemajob.autogenerate.made.Draft.Rel;
import java.util.List;

/** Aggregates, operators, casts, text search, foreign data, publications, event triggers. */
final class Others {
    private final Draft d;

    Others(Draft draft) {
        this.d = draft;
    }

    /** What tables could use too, though these do not. */
    void definitions() {
        if (d.maybe("aggregate", 4)) {
            d.sql(
                    "CREATE AGGREGATE sum_of (integer) (sfunc = int4pl, stype = integer%s%s)",
                    d.of("aggregate start", "", ", initcond = '0'", ", initcond = '5'"),
                    d.of("aggregate parallel", "", ", parallel = safe", ", combinefunc = int4pl, parallel = safe"));
            d.commentable.add("AGGREGATE sum_of(integer)");
        }
        if (d.types.containsKey("composite") && d.maybe("operator", 2)) {
            operators(d.types.get("composite"));
        }
        if (d.types.containsKey("composite") && d.maybe("cast", 3)) {
            d.sql(
                    "CREATE CAST (%s AS text) WITH INOUT%s",
                    d.types.get("composite"), d.of("cast context", "", " AS ASSIGNMENT"));
        }
        textSearch();
        if (d.maybe("conversion", 8)) {
            d.sql("CREATE CONVERSION latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8");
            d.commentable.add("CONVERSION latin");
        }
    }

    private void operators(String type) {
        d.sql(
                "CREATE FUNCTION pair_lt(x %1$s, y %1$s) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT (x).a < (y).a'",
                type);
        d.sql(
                "CREATE FUNCTION pair_gt(x %1$s, y %1$s) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT (x).a > (y).a'",
                type);
        d.sql(
                "CREATE FUNCTION pair_cmp(x %1$s, y %1$s) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT (x).a - (y).a'",
                type);
        d.sql(
                "CREATE OPERATOR <<< (function = pair_lt, leftarg = %1$s, rightarg = %1$s, commutator = >>>%2$s)",
                type, d.of("operator restrict", "", ", restrict = scalarltsel, join = scalarltjoinsel"));
        d.sql("CREATE OPERATOR >>> (function = pair_gt, leftarg = %1$s, rightarg = %1$s, commutator = <<<)", type);
        d.commentable.add("OPERATOR <<< (%1$s, %1$s)".formatted(type));
        if (d.maybe("operator class", 2)) {
            boolean family = d.maybe("operator family", 2);
            if (family) {
                d.sql("CREATE OPERATOR FAMILY pairs USING btree");
                d.commentable.add("OPERATOR FAMILY pairs USING btree");
            }
            d.sql(
                    "CREATE OPERATOR CLASS pair_ops FOR TYPE %1$s USING btree%2$s AS OPERATOR 1 <<<, OPERATOR 5 >>>, FUNCTION 1 pair_cmp(%1$s, %1$s)",
                    type, family ? " FAMILY pairs" : "");
            d.commentable.add("OPERATOR CLASS pair_ops USING btree");
        }
    }

    private void textSearch() {
        if (d.maybe("dictionary", 5)) {
            d.sql(
                    "CREATE TEXT SEARCH DICTIONARY words (template = %s)",
                    d.of("dictionary template", "simple", "simple, accept = false", "snowball, language = english"));
            d.commentable.add("TEXT SEARCH DICTIONARY words");
            if (d.maybe("configuration", 2)) {
                String name = d.name("ours");
                d.sql(
                        "CREATE TEXT SEARCH CONFIGURATION %s (%s)",
                        name, d.of("configuration copy", "parser = default", "copy = english"));
                d.sql(
                        "ALTER TEXT SEARCH CONFIGURATION %s %s MAPPING FOR asciiword%s WITH words, simple",
                        name,
                        d.choices.pick("configuration copy", 2) == 0 ? "ADD" : "ALTER",
                        d.of("configuration tokens", "", ", word"));
                d.commentable.add("TEXT SEARCH CONFIGURATION " + name);
            }
        }
    }

    /** What stands on tables. */
    void onTables() {
        foreign();
        publications();
        if (d.maybe("event trigger", 8)) {
            d.sql("CREATE FUNCTION on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'");
            d.sql(
                    "CREATE EVENT TRIGGER watch ON %s EXECUTE FUNCTION on_ddl()",
                    d.of(
                            "event",
                            "ddl_command_end",
                            "sql_drop",
                            "ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE')"));
            d.commentable.add("EVENT TRIGGER watch");
            if (d.maybe("event trigger off", 3)) {
                d.sql("ALTER EVENT TRIGGER watch DISABLE");
            }
        }
        if (d.functions.containsKey("atomic") && d.maybe("function on function", 3)) {
            d.sql(
                    "CREATE FUNCTION a_more() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT %s() + 1; END",
                    d.functions.get("atomic"));
        }
    }

    private void foreign() {
        if (!d.maybe("foreign", 6)) {
            return;
        }
        d.sql("CREATE FOREIGN DATA WRAPPER nothing%s", d.of("wrapper options", "", " OPTIONS (debug 'on')"));
        d.sql(
                "CREATE SERVER elsewhere%s FOREIGN DATA WRAPPER nothing%s",
                d.of("server version", "", " TYPE 'x' VERSION '1'", " VERSION '2'"),
                d.of("server options", "", " OPTIONS (folder 'a')", " OPTIONS (folder 'b', more 'it''s')"));
        d.commentable.add("SERVER elsewhere");
        if (d.maybe("mapping", 3)) {
            d.sql("CREATE USER MAPPING FOR %s SERVER elsewhere", d.of("mapping user", "PUBLIC", "pair_reader"));
        }
        if (d.maybe("foreign table", 2)) {
            String name = d.name("remote");
            d.sql(
                    "CREATE FOREIGN TABLE %s (id integer%s NOT NULL, t text%s%s) SERVER elsewhere%s",
                    name,
                    d.of("foreign column options", "", " OPTIONS (place 'a')"),
                    d.of("foreign default", "", " DEFAULT 'x'"),
                    d.of("foreign check", "", ", CONSTRAINT id_small CHECK (id < 9)"),
                    d.of("foreign options", "", " OPTIONS (file 'f')"));
            d.commentable.add("FOREIGN TABLE " + name);
            d.commentable.add("COLUMN " + name + ".t");
            if (d.maybe("foreign view", 3)) {
                d.sql("CREATE VIEW a_remote_view AS SELECT t FROM %s", name);
            }
        }
    }

    private void publications() {
        if (!d.maybe("publication", 6)) {
            return;
        }
        List<Rel> all =
                d.tables.values().stream().filter(t -> !t.columns().isEmpty()).toList();
        Rel one = d.tables.get("t0");
        boolean unlogged = d.choices.maybe("t0 unlogged", 9);
        int sort = d.choices.pick("publication of", 6);
        String of =
                switch (sort) {
                    case 1 -> "FOR ALL TABLES";
                    case 2 -> unlogged ? "FOR ALL TABLES" : "FOR TABLE " + one.name();
                    case 3 -> d.major >= 15 ? "FOR TABLES IN SCHEMA public" : "FOR ALL TABLES";
                    default ->
                        unlogged
                                ? "FOR ALL TABLES"
                                : d.major >= 15
                                        ? "FOR TABLE " + one.name() + " WHERE (a IS NOT NULL)"
                                        : "FOR TABLE ONLY " + one.name();
                    case 0, 5 ->
                        d.tables.containsKey("parted")
                                ? "FOR TABLE " + d.tables.get("parted").name()
                                : "FOR ALL TABLES";
                };
        d.sql(
                "CREATE PUBLICATION feed %s%s",
                of,
                d.of(
                        "publish",
                        "",
                        " WITH (publish = 'insert, delete')",
                        " WITH (publish_via_partition_root = true)",
                        ""));
        d.commentable.add("PUBLICATION feed");
        if (all.isEmpty()) {
            throw new IllegalStateException("No table.");
        }
    }
}
