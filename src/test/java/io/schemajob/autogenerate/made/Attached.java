package io.schemajob.autogenerate.made;

import io.schemajob.autogenerate.made.Draft.Col;
import io.schemajob.autogenerate.made.Draft.Rel;
import java.util.List;
import java.util.Map;

/** What hangs on tables: indexes, triggers, rules, policies, statistics, their settings. */
final class Attached {
    private final Draft d;

    Attached(Draft draft) {
        this.d = draft;
    }

    void make() {
        for (Map.Entry<String, Rel> entry : List.copyOf(d.tables.entrySet())) {
            String key = entry.getKey();
            if (key.startsWith("t") || key.equals("kid")) {
                Rel table = entry.getValue();
                indexes(key, table);
                triggers(key, table);
                if (key.startsWith("t")) {
                    rules(key, table);
                }
                statistics(key, table);
                settings(key, table);
            }
            security(key, entry.getValue());
        }
    }

    private void indexes(String key, Rel table) {
        Col first = table.columns().get(0);
        Col last = table.columns().get(table.columns().size() - 1);
        if (orders(last) && d.maybe(key + " index", 3)) {
            String name = d.name(key + "_last");
            d.sql(
                    "CREATE INDEX %s ON %s (%s%s)%s",
                    name,
                    table.name(),
                    last.name(),
                    d.of(key + " order", "", " DESC", " DESC NULLS LAST", " NULLS FIRST"),
                    d.of(
                            key + " index where",
                            "",
                            "",
                            " WITH (fillfactor = 80)",
                            " WHERE " + last.name() + " IS NOT NULL"));
            d.commentable.add("INDEX " + name);
        }
        if (orders(first) && d.maybe(key + " unique index", 5)) {
            d.sql(
                    "CREATE UNIQUE INDEX %s_first ON %s USING btree (%s)%s%s",
                    key,
                    table.name(),
                    first.name(),
                    d.of(key + " include", "", " INCLUDE (" + last.name() + ")"),
                    d.major >= 15 ? d.of(key + " distinct", "", " NULLS NOT DISTINCT") : "");
        }
        table.of("text", "character varying(20)").ifPresent(c -> text(key, table, c));
        table.of("jsonb", "text[]", "tsvector", "integer[]")
                .filter(c -> d.maybe(key + " gin", 3))
                .ifPresent(c -> d.sql(
                        "CREATE INDEX %s_gin ON %s USING gin (%s%s)%s",
                        key,
                        table.name(),
                        c.name(),
                        c.type().equals("jsonb") ? d.of(key + " ops", "", " jsonb_path_ops") : "",
                        d.of(key + " gin options", "", " WITH (fastupdate = off)")));
        table.of("int4range", "point", "inet")
                .filter(c -> d.maybe(key + " gist", 3))
                .ifPresent(c -> d.sql(
                        "CREATE INDEX %s_gist ON %s USING gist (%s%s)",
                        key, table.name(), c.name(), c.type().equals("inet") ? " inet_ops" : ""));
        table.of("integer", "date", "timestamp with time zone")
                .filter(c -> d.maybe(key + " brin", 6))
                .ifPresent(c -> d.sql(
                        "CREATE INDEX %s_brin ON %s USING brin (%s) WITH (pages_per_range = %s)",
                        key, table.name(), c.name(), d.of(key + " pages", "32", "64")));
        table.of("integer")
                .filter(c -> d.maybe(key + " hash", 8))
                .ifPresent(c -> d.sql("CREATE INDEX %s_hash ON %s USING hash (%s)", key, table.name(), c.name()));
        table.of("integer").filter(c -> d.maybe(key + " computed index", 6)).ifPresent(c -> {
            d.sql("CREATE INDEX %s_twice ON %s ((%s * 2), %s)", key, table.name(), c.name(), c.name());
            if (d.maybe(key + " index statistics", 2)) {
                d.sql("ALTER INDEX %s_twice ALTER COLUMN 1 SET STATISTICS 300", key);
            }
        });
    }

    private void text(String key, Rel table, Col c) {
        if (d.maybe(key + " text index", 3)) {
            String expression = d.functions.containsKey("norm")
                    ? d.of(
                            key + " text expression",
                            "lower(" + c.name() + ")",
                            "norm(" + c.name() + ")",
                            c.name() + " text_pattern_ops")
                    : d.of(
                            key + " text expression",
                            "lower(" + c.name() + ")",
                            c.name() + " COLLATE \"C\"",
                            c.name() + " text_pattern_ops");
            d.sql(
                    "CREATE INDEX ON %s (%s)%s",
                    table.name(),
                    expression,
                    d.of(
                            key + " text where",
                            "",
                            " WHERE " + c.name() + " IN ('a', 'b')",
                            " WHERE " + c.name() + " <> ''"));
        }
    }

    private static boolean orders(Col column) {
        return !List.of("jsonb", "point", "tsvector", "bit(3)").contains(column.type())
                || column.type().equals("bit(3)");
    }

    private void triggers(String key, Rel table) {
        String function = d.functions.get("trigger");
        Col last = table.columns().get(table.columns().size() - 1);
        if (d.maybe(key + " trigger", 3)) {
            String name = d.name(key + "_touch");
            d.sql(
                    "CREATE TRIGGER %s %s ON %s FOR EACH %s%s EXECUTE FUNCTION %s(%s)",
                    name,
                    d.of(
                            key + " timing",
                            "BEFORE INSERT",
                            "BEFORE INSERT OR UPDATE",
                            "AFTER DELETE",
                            "AFTER UPDATE OF " + last.name()),
                    table.name(),
                    d.of(key + " each", "ROW", "STATEMENT"),
                    d.choices.pick(key + " each", 2) == 0 && d.choices.pick(key + " timing", 4) == 3
                            ? d.of(key + " when", "", " WHEN (OLD." + last.name() + " IS DISTINCT FROM NULL)")
                            : "",
                    function,
                    d.of(key + " arguments", "", "'one', 'it''s'"));
            d.commentable.add("TRIGGER " + name + " ON " + table.name());
            String state = d.of(key + " enabled", "", "", "", "DISABLE", "ENABLE ALWAYS", "ENABLE REPLICA");
            if (!state.isEmpty()) {
                d.sql("ALTER TABLE %s %s TRIGGER %s", table.name(), state, name);
            }
        }
        if (d.maybe(key + " transition", 8)) {
            d.sql(
                    "CREATE TRIGGER %s_seen AFTER INSERT ON %s REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION %s()",
                    key, table.name(), function);
        }
        if (d.maybe(key + " constraint trigger", 8)) {
            d.sql(
                    "CREATE CONSTRAINT TRIGGER %s_must AFTER INSERT ON %s %sFOR EACH ROW EXECUTE FUNCTION %s()",
                    key,
                    table.name(),
                    d.of(key + " trigger deferred", "", "DEFERRABLE ", "DEFERRABLE INITIALLY DEFERRED "),
                    function);
        }
    }

    private void rules(String key, Rel table) {
        if (d.maybe(key + " rule", 7)) {
            d.sql(
                    "CREATE RULE %s_kept AS ON DELETE TO %s DO %s",
                    key, table.name(), d.of(key + " rule does", "INSTEAD NOTHING", "ALSO NOTHING", "ALSO NOTIFY gone"));
            d.commentable.add("RULE " + key + "_kept ON " + table.name());
            if (d.maybe(key + " rule off", 4)) {
                d.sql("ALTER TABLE %s DISABLE RULE %s_kept", table.name(), key);
            }
        }
    }

    private void statistics(String key, Rel table) {
        List<Col> plain =
                table.columns().stream().filter(c -> c.plain() && orders(c)).toList();
        if (plain.size() > 1 && d.maybe(key + " statistics", 6)) {
            String name = d.name(key + "_stats");
            d.sql(
                    "CREATE STATISTICS %s%s ON %s, %s FROM %s",
                    name,
                    d.of(key + " kinds", "", " (ndistinct)", " (dependencies, mcv)"),
                    plain.get(plain.size() - 1).name(),
                    plain.get(0).name(),
                    table.name());
            d.commentable.add("STATISTICS " + name);
            if (d.maybe(key + " statistics target", 4)) {
                d.sql("ALTER STATISTICS %s SET STATISTICS 50", name);
            }
        }
    }

    private void settings(String key, Rel table) {
        String identity = d.of(
                key + " replica",
                "",
                "",
                "",
                "",
                "FULL",
                "NOTHING",
                table.keys().contains("id") ? "PRIMARY" : "");
        if (identity.equals("PRIMARY")
                && d.choices.pick(key + " key options", 5) != 3
                && d.choices.pick(key + " key name", 3) == 2) {
            d.sql("ALTER TABLE %s REPLICA IDENTITY USING INDEX %s_own", table.name(), key);
        } else if (identity.equals("FULL") || identity.equals("NOTHING")) {
            d.sql("ALTER TABLE %s REPLICA IDENTITY %s", table.name(), identity);
        }
        if (table.keys().contains("id") && d.choices.pick(key + " key name", 3) == 2 && d.maybe(key + " cluster", 4)) {
            d.sql("ALTER TABLE %s CLUSTER ON %s_own", table.name(), key);
        }
        if (d.maybe(key + " system triggers", 14)) {
            d.sql("ALTER TABLE %s DISABLE TRIGGER ALL", table.name());
        }
    }

    private void security(String key, Rel table) {
        if (d.maybe(key + " security", 7)) {
            d.sql("ALTER TABLE %s ENABLE ROW LEVEL SECURITY", table.name());
        }
        if (d.maybe(key + " forced", 10)) {
            d.sql("ALTER TABLE %s FORCE ROW LEVEL SECURITY", table.name());
        }
        if (d.maybe(key + " policy", 7)) {
            Col a = table.columns().stream()
                    .filter(c -> c.name().equals("a"))
                    .findFirst()
                    .orElse(table.columns().get(0));
            String name = d.name(key + "_own");
            String command = d.of(key + " command", "ALL", "SELECT", "UPDATE");
            d.sql(
                    "CREATE POLICY %s ON %s%s FOR %s TO %s USING (%s IS NOT NULL%s)%s",
                    name,
                    table.name(),
                    d.maybe(key + " restrictive", 4) ? " AS RESTRICTIVE" : "",
                    command,
                    d.of(key + " roles", "PUBLIC", "pair_reader", "pair_reader, pair_writer"),
                    a.name(),
                    d.maybe(key + " policy looks", 4)
                            ? " AND EXISTS (SELECT FROM " + d.tables.get("t0").name() + " x WHERE x.a IS NOT NULL)"
                            : "",
                    command.equals("SELECT") ? "" : d.of(key + " with check", "", " WITH CHECK (true)"));
            d.commentable.add("POLICY " + name + " ON " + table.name());
        }
    }
}
