package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SequenceRange;
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
                   NULLIF(s.seqmin, CASE WHEN s.seqincrement > 0 THEN 1 WHEN s.seqtypid = 21 THEN -32768
                                         WHEN s.seqtypid = 23 THEN -2147483648 ELSE -9223372036854775808 END)::text AS minimum,
                   NULLIF(s.seqmax, CASE WHEN s.seqincrement <= 0 THEN -1 WHEN s.seqtypid = 21 THEN 32767
                                         WHEN s.seqtypid = 23 THEN 2147483647 ELSE 9223372036854775807 END)::text AS maximum,
                   NULLIF(s.seqstart, CASE WHEN s.seqincrement > 0 THEN s.seqmin ELSE s.seqmax END)::text AS start,
                   NULLIF(s.seqcache, 1)::text AS cache, s.seqcycle::text AS cycle,
                   NULLIF(q.relpersistence = 'u' AND c.relpersistence <> 'u', false)::text AS unlogged,
                   CASE WHEN q.relname <> c.relname || '_' || a.attname || '_seq'
                         AND pg_catalog.length(c.relname || '_' || a.attname || '_seq') < 64
                        THEN q.relname::text END AS name
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attidentity <> ''
              JOIN pg_catalog.pg_depend d ON d.refobjid = c.oid AND d.refobjsubid = a.attnum AND d.deptype = 'i'
                   AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.classid = 'pg_catalog.pg_class'::regclass
              JOIN pg_catalog.pg_class q ON q.oid = d.objid AND q.relkind = 'S'
              JOIN pg_catalog.pg_sequence s ON s.seqrelid = q.oid
             WHERE c.relnamespace = :schema AND c.relkind IN ('r', 'p')) o
             WHERE COALESCE(increment, minimum, maximum, start, cache, name) IS NOT NULL OR cycle = 'true' OR unlogged = 'true'
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
                        Aspect.flag("unlogged"),
                        Aspect.text("name")));
    }

    @Override
    public ObjectIdentity object(SchemaObject object) {
        return ObjectIdentity.worded(noun(), "identity sequence of %s.%s", object.name(0), object.name());
    }

    @Override
    public String newer() {
        return "`unlogged` 15";
    }

    @Override
    public Optional<SchemaObject> on(int major, SchemaObject declared) {
        return SequenceLogging.on(major, declared);
    }

    /** The name that the sequence takes. */
    @Override
    public List<String> needs(SchemaObject object) {
        return List.of(object.name(0) + "_" + object.name(1) + "_seq");
    }

    @Override
    public Sign sign() {
        return Sign.column("a.attidentity <> ''");
    }

    @Override
    public String query(int major) {
        return QUERY;
    }

    /** Made with its column, so that it can begin where it should. */
    @Override
    public List<String> create(SchemaObject object) {
        List<String> statements = new ArrayList<>();
        String options = options(object.plain(), object);
        if (!options.isEmpty()) {
            statements.add(SqlText.alter(object.name(0), object.name()) + options + " RESTART");
        }
        rename(object.plain(), object, statements);
        statements.addAll(SequenceLogging.change(sequence(object), object.plain(), object));
        return statements;
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        List<String> statements = new ArrayList<>();
        String options = options(before, after);
        if (!options.isEmpty()) {
            String sequence = "pg_get_serial_sequence(%s, %s)::regclass"
                    .formatted(SqlText.literal(SqlText.name(after.name(0))), SqlText.literal(after.name()));
            String alter = SqlText.alter(after.name(0), after.name());
            statements.addAll(range(before)
                    .alter(
                            alter,
                            "SET ",
                            sequence,
                            options,
                            range(after),
                            start(after),
                            descending(before) != descending(after)));
        }
        rename(before, after, statements);
        statements.addAll(SequenceLogging.change(sequence(after), before, after));
        return Optional.of(statements);
    }

    private static void rename(SchemaObject before, SchemaObject after, List<String> statements) {
        if (SettingsSql.differs(before, after, "name")) {
            statements.add(
                    "ALTER SEQUENCE " + SqlText.name(sequence(before)) + " RENAME TO " + SqlText.name(sequence(after)));
        }
    }

    private static String options(SchemaObject before, SchemaObject after) {
        List<String> parts = new ArrayList<>();
        number(before, after, "increment", "INCREMENT BY ", "INCREMENT BY 1", parts);
        boolean turned = descending(before) != descending(after);
        bound(before, after, "minimum", "MINVALUE", turned, parts);
        bound(before, after, "maximum", "MAXVALUE", turned, parts);
        if (!parts.isEmpty() || SettingsSql.differs(before, after, "start")) {
            parts.add("START WITH " + start(after));
        }
        number(before, after, "cache", "CACHE ", "CACHE 1", parts);
        if (before.flag("cycle") != after.flag("cycle")) {
            parts.add(after.flag("cycle") ? "CYCLE" : "NO CYCLE");
        }
        return parts.isEmpty() ? "" : "SET " + String.join(" SET ", parts);
    }

    private static boolean descending(SchemaObject object) {
        return object.text("increment") != null && object.text("increment").startsWith("-");
    }

    /** Where it begins unless something else is said: at its first bound. */
    private static long start(SchemaObject object) {
        SequenceRange range = range(object);
        return object.text("start") != null
                ? Long.parseLong(object.text("start"))
                : descending(object) ? range.high() : range.low();
    }

    private static SequenceRange range(SchemaObject object) {
        String low = object.text("minimum");
        String high = object.text("maximum");
        return new SequenceRange(
                low != null ? Long.parseLong(low) : descending(object) ? Long.MIN_VALUE : 1,
                high != null ? Long.parseLong(high) : descending(object) ? -1 : Long.MAX_VALUE);
    }

    private static String sequence(SchemaObject object) {
        return object.text("name") != null ? object.text("name") : object.name(0) + "_" + object.name() + "_seq";
    }

    /** The bounds that are the default depend on the direction. */
    private static void bound(
            SchemaObject before, SchemaObject after, String aspect, String word, boolean always, List<String> parts) {
        if (always || SettingsSql.differs(before, after, aspect)) {
            parts.add(after.text(aspect) == null ? "NO " + word : word + " " + after.text(aspect));
        }
    }

    private static void number(
            SchemaObject before, SchemaObject after, String aspect, String set, String usual, List<String> parts) {
        if (SettingsSql.differs(before, after, aspect)) {
            parts.add(after.text(aspect) == null ? usual : set + after.text(aspect));
        }
    }
}
