package io.schemajob.autogenerate.made;

import io.schemajob.autogenerate.made.Draft.Col;
import io.schemajob.autogenerate.made.Draft.Rel;
import java.util.List;

/** Views, materialized views, and functions that read tables and views. */
final class Views {
    private final Draft d;

    Views(Draft draft) {
        this.d = draft;
    }

    void make() {
        Rel t0 = d.tables.get("t0");
        if (d.maybe("view", 2)) {
            simple(t0);
        }
        if (d.tables.containsKey("t1") && d.maybe("joined", 3)) {
            joined(t0, d.tables.get("t1"));
        }
        if (d.views.containsKey("seen") && d.maybe("above", 2)) {
            String name = d.name("above");
            d.sql(
                    "CREATE VIEW %s AS %s",
                    name,
                    d.of(
                            "above query",
                            "SELECT * FROM " + d.views.get("seen").name(),
                            "SELECT count(*) AS n FROM " + d.views.get("seen").name() + " x",
                            "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT r.n + 1 FROM r WHERE r.n < 5) SELECT r.n FROM r, "
                                    + d.views.get("seen").name()));
            d.views.put("above", new Rel(name, List.of(), List.of()));
            d.commentable.add("VIEW " + name);
        }
        if (d.maybe("materialized", 3)) {
            materialized(t0);
        }
        functions(t0);
    }

    private void simple(Rel table) {
        String name = d.name("seen");
        Col a = column(table, "a");
        boolean updatable = d.choices.pick("seen query", 7) < 3;
        String options = !updatable
                ? ""
                : d.of(
                        "seen options",
                        "",
                        "",
                        " WITH (security_barrier = true)",
                        d.major >= 15 ? " WITH (security_invoker = true)" : "",
                        " WITH (check_option = local)");
        String list = d.of("seen columns", "", "", " (one)");
        String query = d.of(
                "seen query",
                "SELECT " + a.name() + " FROM " + table.name(),
                "SELECT x." + a.name() + " FROM " + table.name() + " x WHERE x." + a.name() + " IS NOT NULL",
                "SELECT " + a.name() + " AS \"Weird one\" FROM ONLY " + table.name(),
                "SELECT max(" + a.name() + "::text) AS a FROM " + table.name() + " GROUP BY ROLLUP ("
                        + (groups(a) ? a.name() : "1::text") + ")",
                "SELECT DISTINCT " + a.name() + "::text AS a FROM " + table.name() + " ORDER BY 1 DESC LIMIT 5",
                "SELECT row_number() OVER (ORDER BY " + a.name() + "::text) AS a FROM " + table.name() + " x",
                "SELECT CASE WHEN x." + a.name() + " IS NULL THEN 'none' ELSE x." + a.name() + "::text END AS a FROM "
                        + table.name() + " x UNION ALL SELECT 'it''s'");
        d.sql("CREATE VIEW %s%s%s AS %s", name, list, options, query);
        String column = list.isEmpty()
                ? (d.choices.pick("seen query", 7) == 2
                        ? "\"Weird one\""
                        : d.choices.pick("seen query", 7) < 2 ? a.name() : "a")
                : "one";
        d.views.put("seen", new Rel(name, List.of(new Col(column, a.type(), updatable)), List.of()));
        d.commentable.add("VIEW " + name);
        d.commentable.add("COLUMN " + name + "." + column);
        d.grantable.add("TABLE " + name);
        if (updatable && a.type().equals("text") && d.maybe("seen default", 2)) {
            d.sql("ALTER VIEW %s ALTER COLUMN %s SET DEFAULT 'seen'", name, column);
        }
        if (d.maybe("seen rule", 5)) {
            d.sql("CREATE RULE seen_nothing AS ON INSERT TO %s DO INSTEAD NOTHING", name);
        } else if (d.maybe("seen trigger", 5)) {
            d.sql(
                    "CREATE TRIGGER seen_instead INSTEAD OF INSERT ON %s FOR EACH ROW EXECUTE FUNCTION %s()",
                    name, d.functions.get("trigger"));
        }
    }

    private static boolean groups(Col a) {
        return !List.of("point", "jsonb").contains(a.type());
    }

    private void joined(Rel one, Rel other) {
        String name = d.name("joined");
        String a = column(one, "a").name();
        d.sql(
                "CREATE VIEW %s AS SELECT x.%s AS x, y.%s AS y%s FROM %s x %s %s y ON %s",
                name,
                a,
                a,
                d.functions.containsKey("calc")
                        ? d.of("joined call", "", ", " + d.functions.get("calc") + "(1) AS n")
                        : "",
                one.name(),
                d.of("join", "JOIN", "LEFT JOIN", "FULL JOIN"),
                other.name(),
                d.of("joined on", "x." + a + "::text = y." + a + "::text", "true"));
        d.views.put("joined", new Rel(name, List.of(), List.of()));
        d.commentable.add("VIEW " + name);
    }

    private void materialized(Rel table) {
        String name = d.name("stored");
        Col a = column(table, "a");
        d.sql(
                "CREATE MATERIALIZED VIEW %s%s AS SELECT %s, %s::text AS t FROM %s%s",
                name,
                d.of("stored with", "", "", " WITH (fillfactor = 80)"),
                a.name(),
                a.name(),
                table.name(),
                d.of("stored data", "", "", " WITH NO DATA"));
        d.views.put("stored", new Rel(name, List.of(new Col(a.name(), a.type(), true)), List.of()));
        d.commentable.add("MATERIALIZED VIEW " + name);
        d.grantable.add("TABLE " + name);
        if (d.maybe("stored index", 2)) {
            d.sql(
                    "CREATE %sINDEX stored_t ON %s (t%s)",
                    d.of("stored unique", "", "UNIQUE "),
                    name,
                    d.of("stored opclass", "", " text_pattern_ops", " DESC"));
            d.commentable.add("INDEX stored_t");
            if (d.maybe("stored cluster", 3)
                    && !d.of("stored opclass", "", " text_pattern_ops", " DESC").equals("x")) {
                d.sql("ALTER MATERIALIZED VIEW %s CLUSTER ON stored_t", name);
            }
        }
        if (d.maybe("stored statistics", 4)) {
            d.sql("ALTER MATERIALIZED VIEW %s ALTER COLUMN t SET STATISTICS 9", name);
        }
    }

    private static Col column(Rel table, String name) {
        return table.columns().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void functions(Rel table) {
        if (d.maybe("row function", 4)) {
            String name = d.name("rows_of");
            d.sql(
                    "CREATE FUNCTION %s(n integer DEFAULT 5) RETURNS SETOF %s LANGUAGE sql STABLE%s AS $$ SELECT * FROM %s LIMIT n $$",
                    name, table.name(), d.of("row function rows", "", " ROWS 10"), table.name());
            d.commentable.add("FUNCTION " + name + "(integer)");
            if (d.maybe("view of function", 2)) {
                d.sql("CREATE VIEW from_rows AS SELECT r.a FROM %s(3) r", name);
            }
        }
        if (d.maybe("atomic", 4)) {
            d.sql(
                    "CREATE %s how_many()%s LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM %s; END",
                    "FUNCTION",
                    " RETURNS bigint",
                    d.views.containsKey("seen") ? d.views.get("seen").name() : table.name());
            d.functions.put("atomic", "how_many");
        }
        if (d.maybe("procedure", 5)) {
            d.sql(
                    "CREATE PROCEDURE %s(%s) LANGUAGE plpgsql AS $$ DECLARE r %s%%ROWTYPE; b %s.a%%TYPE; BEGIN NULL; END $$",
                    "clean_up",
                    d.of("procedure arguments", "", "n integer", "INOUT n integer DEFAULT 1"),
                    table.name(),
                    table.name());
        }
        if (d.maybe("table function", 6)) {
            d.sql(
                    "CREATE FUNCTION listed() RETURNS TABLE (x text, y integer) LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT a::text, 1 FROM %s; END $$",
                    table.name());
        }
        if (d.maybe("computed column", 6)) {
            d.sql("CREATE FUNCTION shown(r %s) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'x' $$", table.name());
            if (d.maybe("computed column view", 2)) {
                d.sql("CREATE VIEW shown_all AS SELECT shown(x.*) AS s FROM %s x", table.name());
            }
        }
    }
}
