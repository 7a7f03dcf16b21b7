package io.schemajob.autogenerate.made;

import io.schemajob.autogenerate.made.Draft.Col;
import java.util.ArrayList;
import java.util.List;

/** Columns of tables, with everything that a column can have. */
final class Columns {
    /** A type with expressions that may be its default, and conditions on a column of it, {@code %s}. */
    private record Type(String name, String[] defaults, String[] checks) {}

    private static final Type[] TYPES = {
        type(
                "integer",
                "7|-1|1 + 2|(random() * 10)::integer",
                "%s > 0|%s IN (1, 2, 3)|%s BETWEEN 1 AND 9|%s <> 5 AND (%s < 3 OR %s IS NULL)"),
        type(
                "text",
                "''|'it''s'|upper('a')|CURRENT_USER",
                "%s IN ('a', 'b')|%s <> ''|length(%s) < 10|%s ~ '^[a-z]+$'|%s LIKE 'a%%%%'"),
        type("bigint", "0|12345678901", "%s >= 0|%s %% 2 = 0|NOT %s = 4"),
        type(
                "character varying(20)",
                "'x'|'x'::character varying",
                "%s IN ('a', 'b')|%s NOT IN ('x', 'y')|lower(%s) = %s"),
        type("numeric(10,2)", "0|1.50|0.0", "%s > 0.0|%s < 99.5"),
        type("boolean", "true|false|NOT true", "%s|%s IS NOT FALSE"),
        type(
                "timestamp with time zone",
                "now()|CURRENT_TIMESTAMP|'2020-01-01 00:00:00+00'|now() + '1 day'::interval",
                "%s > '2000-01-01 00:00:00+00'"),
        type("date", "CURRENT_DATE|'2020-01-01'", "%s > '2000-01-01'::date|EXTRACT(year FROM %s) > 2000"),
        type("jsonb", "'{}'|'{\"a\": 1}'::jsonb", "jsonb_typeof(%s) = 'object'|(%s ->> 'a') IS NOT NULL"),
        type("uuid", "gen_random_uuid()", "%s IS NOT NULL"),
        type("text[]", "'{}'|ARRAY['a', 'b']|'{a,\"b c\"}'::text[]", "cardinality(%s) > 0|'a' = ANY (%s)"),
        type("smallint", "3", "%s > 0"),
        type("double precision", "0|1.5", "%s > 0"),
        type("character(3)", "'abc'", "%s <> 'xyz'"),
        type("bytea", "'\\x00'", "length(%s) > 1"),
        type("interval", "'1 day'|'01:00:00'::interval", "%s > '0'::interval"),
        type("int4range", "'[1,3)'", "NOT isempty(%s)"),
        type("tsvector", "''", "%s IS NOT NULL"),
        type("point", "'(0,0)'", "%s IS NOT NULL"),
        type("inet", "'127.0.0.1'", "family(%s) = 4"),
        type("bit(3)", "B'101'", "%s <> B'111'"),
        type("\"char\"", "'a'", "%s <> 'b'"),
        type("time without time zone", "'10:00'|LOCALTIME", "%s > '08:00'"),
        type("money", "0", "%s IS NOT NULL"),
        type("integer[]", "'{1,2}'", "%s[1] > 0"),
    };

    private static Type type(String name, String defaults, String checks) {
        return new Type(name, defaults.split("\\|(?!\\|)"), checks.split("\\|"));
    }

    private final Draft d;

    Columns(Draft draft) {
        this.d = draft;
    }

    /** A column of a table, and what has to be said of it afterwards. */
    record Made(Col column, String sql, List<String> after) {}

    Made column(String table, String key, String name, List<Col> before) {
        String at = key + "." + name;
        Type type = kind(at);
        List<String> after = new ArrayList<>();
        StringBuilder sql = new StringBuilder(name + " " + type.name());
        String alter = "ALTER TABLE " + table + " ALTER COLUMN " + name + " ";
        boolean words = type.name().equals("text") || type.name().startsWith("character");
        boolean wide = words || type.name().equals("jsonb") || type.name().equals("bytea");
        if (wide && d.maybe(at + " compression", 10)) {
            sql.append(" COMPRESSION pglz");
        }
        if (words && d.maybe(at + " collation", 8)) {
            sql.append(" COLLATE ")
                    .append(d.types.getOrDefault(d.maybe(at + " icu", 3) ? "icu" : "collation", "\"C\""));
        }
        boolean generated = computed(at, type, before, sql);
        if (!generated) {
            value(at, type, sql);
        }
        if (d.maybe(at + " check", 7)) {
            String check = d.of(at + " condition", type.checks()).replace("%%", "%");
            sql.append(
                            d.maybe(at + " check named", 2)
                                    ? " CONSTRAINT \"" + key + " "
                                            + Draft.bare(name).replace("\"", "") + "\""
                                    : "")
                    .append(" CHECK (")
                    .append(check.replace("%s", name))
                    .append(")");
        }
        if (wide && d.maybe(at + " storage", 8)) {
            after.add(alter + "SET STORAGE " + d.of(at + " how", "EXTERNAL", "MAIN", "PLAIN"));
        }
        if (d.maybe(at + " statistics", 10)) {
            after.add(alter + "SET STATISTICS " + d.of(at + " target", "0", "500"));
        }
        if (d.maybe(at + " options", 12)) {
            after.add(alter + "SET (n_distinct = " + d.of(at + " distinct", "5", "-0.5") + ")");
        }
        return new Made(new Col(name, type.name(), !generated), sql.toString(), after);
    }

    private Type kind(String at) {
        int own = d.choices.pick(at + " own type", 9);
        List<String> names = List.of("enum", "domain", "composite", "range", "citext", "domain3", "domain2");
        String found = own < 2 ? null : d.types.get(names.get(own - 2));
        if (found != null) {
            String value =
                    switch (names.get(own - 2)) {
                        case "enum", "domain3" -> "'a'";
                        case "composite" -> "NULL";
                        case "range" -> "'empty'";
                        default -> "'x'";
                    };
            boolean array = own == 2 && d.maybe(at + " array", 5);
            return new Type(
                    array ? found + "[]" : found, new String[] {array ? "'{a}'" : value}, new String[] {"%s IS NOT NULL"
                    });
        }
        return d.choices.of(at + " type", TYPES);
    }

    private void value(String at, Type type, StringBuilder sql) {
        if (type.name().equals("integer") || type.name().equals("bigint")) {
            if (d.maybe(at + " identity", 9)) {
                sql.append(" GENERATED ")
                        .append(d.of(at + " always", "ALWAYS", "BY DEFAULT"))
                        .append(" AS IDENTITY")
                        .append(d.of(
                                at + " identity options",
                                "",
                                " (START WITH 5 INCREMENT BY 5 CACHE 3)",
                                " (MINVALUE -10 MAXVALUE 1000 CYCLE)",
                                " (INCREMENT BY -1)"));
                return;
            }
            if (d.types.containsKey("sequence") && d.maybe(at + " sequence", 9)) {
                sql.append(" DEFAULT nextval(")
                        .append(Draft.literal(d.types.get("sequence")))
                        .append(")");
                return;
            }
        }
        if (type.name().equals("integer") && d.functions.containsKey("calc") && d.maybe(at + " calc", 6)) {
            sql.append(" DEFAULT ").append(d.functions.get("calc")).append("(3)");
        } else if (d.maybe(at + " default", 3)) {
            sql.append(" DEFAULT ").append(brackets(d.of(at + " value", type.defaults())));
        }
        if (d.maybe(at + " not null", 3)) {
            sql.append(" NOT NULL");
        }
    }

    private static String brackets(String expression) {
        return expression.startsWith("NOT") || expression.contains(" + ") ? "(" + expression + ")" : expression;
    }

    private boolean computed(String at, Type type, List<Col> before, StringBuilder sql) {
        List<Col> plain = before.stream().filter(Col::plain).toList();
        if (plain.isEmpty() || !d.maybe(at + " generated", 7)) {
            return false;
        }
        Col source = plain.get(d.choices.pick(at + " source", plain.size()));
        String expression = expression(at, type.name(), source);
        if (expression == null) {
            return false;
        }
        boolean virtual = d.major >= 18
                && !expression.contains("norm")
                && !expression.contains("calc")
                && d.maybe(at + " virtual", 3);
        sql.append(" GENERATED ALWAYS AS (").append(expression).append(virtual ? ") VIRTUAL" : ") STORED");
        return true;
    }

    private String expression(String at, String type, Col source) {
        String name = source.name();
        return switch (type + " of " + source.type()) {
            case "integer of integer" ->
                d.functions.containsKey("calc")
                        ? d.of(
                                at + " expression",
                                name + " * 2",
                                name + " + 1",
                                d.functions.get("calc") + "(" + name + ")")
                        : d.of(at + " expression", name + " * 2", name + " + 1");
            case "text of text" ->
                d.functions.containsKey("norm")
                        ? d.of(at + " expression", "lower(" + name + ")", "norm(" + name + ")")
                        : d.of(at + " expression", "lower(" + name + ")", name + " || 'x'");
            case "bigint of integer" -> name + "::bigint * 1000";
            case "boolean of integer" -> name + " > 5";
            case "tsvector of text" -> "to_tsvector('english', COALESCE(" + name + ", ''))";
            case "integer of text" -> "length(" + name + ")";
            case "text of integer" -> "CASE WHEN " + name + " > 1 THEN 'many' ELSE 'one' END";
            default -> null;
        };
    }
}
