package io.schemajob.catalog;

import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Column.Identity;
import io.schemajob.catalog.model.Deferral;
import io.schemajob.catalog.model.Enforcement;
import io.schemajob.catalog.model.Exclusion;
import io.schemajob.catalog.model.Extension;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.IndexKey;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.ReferentialAction;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.Row;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.TableBuilder;
import io.schemajob.catalog.model.Trigger;
import io.schemajob.catalog.model.UserType;
import io.schemajob.catalog.model.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random schemas with every sort of object, the same one for the same seed. */
public final class Schemas {
    private static final List<String> TYPES = List.of(
            "text",
            "integer",
            "bigint",
            "character varying(50)",
            "numeric(3,2)",
            "timestamp with time zone",
            "jsonb",
            "text[]",
            "uuid",
            "bytea",
            "boolean",
            "my_type",
            "\"Odd Type\"",
            "time(3) with time zone",
            "vector(1536)");
    private static final List<String> EXPRESSIONS = List.of(
            "''::text",
            "now()",
            "'{}'::jsonb",
            "1",
            "-1.5",
            "'it''s: \"x\" # no'::text",
            "(a + 1)",
            "lower(b)",
            "CASE WHEN a > 1 THEN 'x' ELSE 'y' END",
            "a = ANY (ARRAY['x'::text, 'y'::text])",
            "true",
            "null_if(a)",
            "'  edge '",
            "'back\\slash'",
            "E'tab\\t'");
    /** Names and texts at which YAML or SQL stumbles. */
    private static final List<String> ODD = List.of(
            "true",
            "null",
            "on",
            "y",
            "No",
            "a b",
            "Grüße",
            "表",
            "x:y",
            "#c",
            "- d",
            "{e}",
            "'q'",
            "\"q\"",
            "1",
            "1e3",
            "~",
            "a, b",
            "[x]",
            "&anchor",
            "*alias",
            "!tag",
            "%p",
            "@at",
            "`tick`",
            "tab\there",
            "a\\b",
            "😀",
            "0x1F",
            " lead",
            "trail ",
            "?",
            "|",
            ">",
            "=",
            "<<",
            "colon:",
            "2020-01-01",
            "\u0085next",
            "\u2028line",
            "\ufeffbom",
            "\u0007bell");

    private static final List<String> TEXTS = List.of(
            "one line",
            "two\nlines",
            "  indented\nthen not",
            "\nleading line end",
            "trailing line end\n",
            "many\n\n\n",
            "tab\tand\nline",
            "carriage\r\nreturn",
            "trailing blanks  \nx",
            " ",
            "\n",
            "-- comment\nSELECT 1;\n\n  x := 'y';",
            "'quotes' and \"more\"\n# not a comment",
            "---\n...\n");

    private final Random random;
    private int names;

    private Schemas(long seed) {
        this.random = new Random(seed);
    }

    public static Schema random(long seed) {
        return new Schemas(seed).schema();
    }

    private Schema schema() {
        Map<String, Table> tables = new LinkedHashMap<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            Table table = table();
            tables.put(table.name(), table);
        }
        Map<String, View> views = new LinkedHashMap<>();
        Map<String, Routine> routines = new LinkedHashMap<>();
        Map<String, Sequence> sequences = new LinkedHashMap<>();
        Map<String, UserType> types = new LinkedHashMap<>();
        Map<String, Extension> extensions = new LinkedHashMap<>();
        for (int i = 0; i < random.nextInt(3); i++) {
            View view = view();
            views.put(view.name(), view);
            Routine routine = routine();
            routines.put(routine.signature(), routine);
            Sequence sequence = sequence();
            sequences.put(sequence.name(), sequence);
            UserType type = type();
            types.put(type.name(), type);
            Extension extension = new Extension(name(), maybe("0.8." + i), maybe("other"));
            extensions.put(extension.name(), extension);
        }
        return new Schema(tables, views, routines, sequences, types, extensions);
    }

    private Table table() {
        TableBuilder table = new TableBuilder(name());
        table.comment = maybe(text());
        table.unlogged = flag();
        table.rowSecurity = flag();
        table.forceRowSecurity = table.rowSecurity && flag();
        table.partitionBy = maybe("RANGE (at)");
        for (int i = 0; i <= random.nextInt(5); i++) {
            table.columns.add(column());
        }
        List<String> columns =
                new ArrayList<>(table.columns.stream().map(Column::name).toList());
        if (flag()) {
            table.columns.set(0, notNull(table.columns.get(0)));
            table.primaryKey = key(maybe(name()), columns.subList(0, 1));
        }
        for (int i = 0; i < random.nextInt(3); i++) {
            table.unique.add(key(name(), columns));
            table.checks.add(new Check(name(), expression(), flag(), pick(List.of(Enforcement.values()))));
            table.foreignKeys.add(foreignKey(columns));
            table.exclusions.add(new Exclusion(name(), "EXCLUDE USING gist (a WITH =)"));
            table.indexes.add(index(columns));
            table.triggers.add(trigger(columns));
            table.rows.add(row(columns));
        }
        return table.build();
    }

    private Column column() {
        String name = name();
        String type = pick(TYPES);
        String comment = maybe(text());
        return switch (random.nextInt(4)) {
            case 0 -> new Column(name, type, false, null, pick(List.of(Identity.values())), null, null, comment);
            case 1 ->
                new Column(name, type, flag(), null, null, new Column.Generated(expression(), flag()), null, comment);
            default -> new Column(name, type, flag(), maybe(expression()), null, null, maybe("C"), comment);
        };
    }

    private static Column notNull(Column column) {
        return new Column(
                column.name(),
                column.type(),
                false,
                column.defaultValue(),
                column.identity(),
                column.generated(),
                column.collation(),
                column.comment());
    }

    private Key key(String name, List<String> columns) {
        return new Key(name, columns, List.of(), flag(), pick(List.of(Deferral.values())), true);
    }

    private ForeignKey foreignKey(List<String> columns) {
        List<ReferentialAction> actions = List.of(ReferentialAction.values());
        return new ForeignKey(
                name(),
                columns,
                name(),
                columns,
                pick(actions),
                flag() ? columns.subList(0, 1) : List.of(),
                pick(actions),
                flag(),
                pick(List.of(Deferral.values())),
                pick(List.of(Enforcement.values())));
    }

    private IndexKey key(String column) {
        String opclass = maybe("text_pattern_ops");
        Map<String, String> parameters = opclass != null && flag() ? Map.of("siglen", "64") : Map.of();
        return new IndexKey(column, null, maybe("C"), opclass, parameters, flag(), flag());
    }

    private Index index(List<String> columns) {
        List<IndexKey> keys = new ArrayList<>();
        for (String column : columns) {
            keys.add(flag() ? key(column) : new IndexKey(null, expression(), null, null, Map.of(), flag(), flag()));
        }
        return new Index(
                name(),
                flag(),
                pick(List.of("btree", "gin", "hnsw")),
                keys,
                flag() ? columns : List.of(),
                maybe(expression()),
                flag(),
                flag() ? Map.of("m", "16", "fastupdate", "off") : Map.of(),
                true);
    }

    private Trigger trigger(List<String> columns) {
        return new Trigger(
                name(),
                pick(List.of(Trigger.Timing.values())),
                List.of("INSERT", "UPDATE"),
                flag() ? columns : List.of(),
                flag(),
                maybe(expression()),
                name(),
                flag() ? List.of("x", "", "on") : List.of(),
                pick(List.of(Trigger.Enabled.values())),
                flag() ? pick(List.of(Deferral.values())) : null,
                maybe(name()),
                maybe("old_rows"),
                maybe(name()));
    }

    private Row row(List<String> columns) {
        Map<String, String> values = new LinkedHashMap<>();
        columns.forEach(column -> values.put(column, flag() ? null : flag() ? text() : pick(ODD)));
        return new Row(values);
    }

    private View view() {
        List<Column> columns = flag() ? List.of(Column.of(name(), pick(TYPES)), Column.of("b", "text")) : List.of();
        return new View(
                name(),
                flag(),
                "SELECT a,\n    b\n   FROM t\n  WHERE " + expression(),
                columns,
                flag() ? Map.of("security_barrier", "true") : Map.of(),
                List.of(index(List.of("a"))),
                List.of(),
                null,
                maybe(text()));
    }

    private Routine routine() {
        String name = "f" + names++;
        boolean procedure = flag();
        String arguments = flag() ? "integer, text" : "";
        return new Routine(
                name + "(" + arguments + ")",
                name,
                procedure,
                flag() ? arguments : "a integer DEFAULT 1, b text",
                procedure ? null : "trigger",
                "plpgsql",
                pick(List.of(Routine.Volatility.values())),
                flag(),
                flag(),
                flag(),
                pick(List.of(Routine.Parallel.values())),
                flag() ? List.of("search_path=pg_catalog, pg_temp", "work_mem=1MB") : List.of(),
                pick(TEXTS),
                false,
                maybe("lib.so"),
                flag() ? List.of("hstore", "point") : List.of(),
                null,
                maybe(text()));
    }

    private Sequence sequence() {
        long increment = flag() ? -1 : 3;
        return new Sequence(
                name(),
                pick(List.of("smallint", "integer", "bigint")),
                5,
                increment,
                -10,
                1000,
                2,
                flag(),
                maybe("t.c"),
                null,
                maybe(text()));
    }

    private UserType type() {
        return switch (random.nextInt(3)) {
            case 0 -> new UserType.Enumeration(name(), List.of("a", pick(ODD), "C d"), null, maybe(text()));
            case 1 ->
                new UserType.Composite(
                        name(), List.of(Column.of("x", pick(TYPES)), Column.of(name(), "text")), null, maybe(text()));
            default ->
                new UserType.Domain(
                        name(),
                        pick(TYPES),
                        flag(),
                        maybe(expression()),
                        maybe("C"),
                        List.of(Check.of("c", expression())),
                        null,
                        maybe(text()));
        };
    }

    /** Unique, and now and then one at which YAML stumbles. */
    private String name() {
        return (flag() ? "n" : pick(ODD)) + names++;
    }

    private String text() {
        return flag() ? pick(TEXTS) : pick(ODD);
    }

    private String expression() {
        return pick(EXPRESSIONS);
    }

    private boolean flag() {
        return random.nextBoolean();
    }

    private String maybe(String text) {
        return flag() ? text : null;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
