package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The options of the sequence behind an identity column. */
final class IdentitySequenceKind extends AbstractSettings {
    private static final String QUERY =
            """
            SELECT * FROM (
            SELECT ARRAY['tables', c.relname, 'columns', a.attname, 'sequence']::text[] AS path,
                   NULLIF(s.seqincrement, 1)::text AS increment,
                   NULLIF(s.seqmin, CASE WHEN s.seqincrement > 0 THEN 1 ELSE b.low END)::text AS minimum,
                   NULLIF(s.seqmax, CASE WHEN s.seqincrement > 0 THEN b.high ELSE -1 END)::text AS maximum,
                   NULLIF(s.seqstart, CASE WHEN s.seqincrement > 0 THEN s.seqmin ELSE s.seqmax END)::text AS start,
                   NULLIF(s.seqcache, 1)::text AS cache, s.seqcycle::text AS cycle,
                   CASE WHEN q.relname <> c.relname || '_' || a.attname || '_seq'
                         AND pg_catalog.length(c.relname || '_' || a.attname || '_seq') < 64
                        THEN q.relname::text END AS name
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attidentity <> ''
              JOIN pg_catalog.pg_depend d ON d.refobjid = c.oid AND d.refobjsubid = a.attnum AND d.deptype = 'i'
                   AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.classid = 'pg_catalog.pg_class'::regclass
              JOIN pg_catalog.pg_sequence s ON s.seqrelid = d.objid
              JOIN pg_catalog.pg_class q ON q.oid = s.seqrelid
              JOIN (VALUES (21::oid, -32768::bigint, 32767::bigint), (23, -2147483648, 2147483647),
                           (20, -9223372036854775808, 9223372036854775807)) b(type, low, high) ON b.type = s.seqtypid
             WHERE c.relnamespace = :schema AND c.relkind IN ('r', 'p')) o
             WHERE COALESCE(increment, minimum, maximum, start, cache, name) IS NOT NULL OR cycle = 'true'
            """;

    IdentitySequenceKind() {
        super(
                "identity sequence",
                "tables/*/columns/*/sequence",
                Phase.SETTINGS,
                Undeclared.DRIFT,
                "",
                List.of(
                        Aspect.number("start"),
                        Aspect.number("increment").usually("1"),
                        Aspect.number("minimum"),
                        Aspect.number("maximum"),
                        Aspect.number("cache").usually("1"),
                        Aspect.flag("cycle"),
                        Aspect.text("name")));
    }

    @Override
    public String object(SchemaObject object) {
        return "identity sequence of " + object.name(0) + "." + object.name();
    }

    @Override
    public String present() {
        return "EXISTS (" + QUERY + ")";
    }

    @Override
    public String query(int major) {
        return QUERY;
    }

    @Override
    public List<String> create(SchemaObject object) {
        List<String> statements = new ArrayList<>(super.create(object));
        boolean moved = object.values().keySet().stream()
                .anyMatch(aspect -> List.of("start", "minimum", "maximum").contains(aspect));
        if (moved || object.text("increment") != null) {
            statements.add(SqlText.alter(object.name(0), object.name()) + "RESTART");
        }
        return statements;
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        List<String> statements = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        boolean down =
                after.text("increment") != null && after.text("increment").startsWith("-");
        number(before, after, "increment", "INCREMENT BY ", "INCREMENT BY 1", parts);
        number(before, after, "minimum", "MINVALUE ", "NO MINVALUE", parts);
        number(before, after, "maximum", "MAXVALUE ", "NO MAXVALUE", parts);
        String first = after.text(down ? "maximum" : "minimum");
        String usual = "START WITH " + (first == null ? (down ? "-1" : "1") : first);
        if (parts.isEmpty()) {
            number(before, after, "start", "START WITH ", usual, parts);
        } else {
            parts.add(after.text("start") == null ? usual : "START WITH " + after.text("start"));
        }
        number(before, after, "cache", "CACHE ", "CACHE 1", parts);
        if (before.flag("cycle") != after.flag("cycle")) {
            parts.add(after.flag("cycle") ? "CYCLE" : "NO CYCLE");
        }
        if (!parts.isEmpty()) {
            statements.add(SqlText.alter(after.name(0), after.name()) + "SET " + String.join(" SET ", parts));
        }
        if (SettingsSql.differs(before, after, "name")) {
            statements.add(
                    "ALTER SEQUENCE " + SqlText.name(sequence(before)) + " RENAME TO " + SqlText.name(sequence(after)));
        }
        return Optional.of(statements);
    }

    private static String sequence(SchemaObject object) {
        return object.text("name") != null ? object.text("name") : object.name(0) + "_" + object.name() + "_seq";
    }

    private static void number(
            SchemaObject before, SchemaObject after, String aspect, String set, String usual, List<String> parts) {
        if (SettingsSql.differs(before, after, aspect)) {
            parts.add(after.text(aspect) == null ? usual : set + after.text(aspect));
        }
    }
}
