package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlNames;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Triggers that nobody wrote and somebody switched: those behind foreign keys and deferrable keys, which
 * {@code DISABLE TRIGGER ALL} switches off with the key, and the copies that partitions have of their parent's. The
 * state of a trigger that somebody wrote is part of the trigger.
 */
final class TriggerStateKind extends AbstractKind {
    private static final String FROM =
            """
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_trigger t ON t.tgrelid = c.oid
              LEFT JOIN pg_catalog.pg_constraint k ON k.oid = t.tgconstraint AND k.contype <> 't'
              LEFT JOIN pg_catalog.pg_class kc ON kc.oid = k.conrelid
              LEFT JOIN pg_catalog.pg_trigger p ON p.oid = t.tgparentid
             WHERE c.relnamespace = :schema
               AND (k.oid IS NOT NULL AND t.tgenabled <> 'O'
                    OR k.oid IS NULL AND p.oid IS NOT NULL AND t.tgenabled <> p.tgenabled)
            """;

    private static final String OF = " of ";

    TriggerStateKind() {
        super(
                "trigger state",
                "tables/*/trigger_states/* foreign_tables/*/trigger_states/* partitions/*/trigger_states/*",
                Phase.SETTINGS,
                Undeclared.DRIFT,
                "",
                List.of(Aspect.text("state")));
    }

    @Override
    public ObjectIdentity object(SchemaObject object) {
        return ObjectIdentity.worded(noun(), "triggers of %2$s on %1$s", object.name(0), object.name());
    }

    @Override
    public String saidOf(SchemaObject object) {
        Named named = Named.of(object.name());
        return "table constraint %s on %s".formatted(named.name, named.table == null ? object.name(0) : named.table);
    }

    /** A key or trigger that is made anew has triggers that are on. */
    @Override
    public List<TablePart> parts(SchemaObject object) {
        Named named = Named.of(object.name());
        String table = named.table == null ? object.name(0) : SqlNames.unquoted(named.table);
        return List.of(new TablePart(table, named.name, false));
    }

    @Override
    public boolean onPartitions() {
        return true;
    }

    @Override
    public Sign sign() {
        return Sign.relation("c.relhastriggers AND EXISTS (SELECT FROM pg_catalog.pg_trigger x"
                + " WHERE x.tgrelid = c.oid AND x.tgenabled <> 'O')");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY[CASE c.relkind WHEN 'f' THEN 'foreign_tables' ELSE 'tables' END, c.relname, 'trigger_states',
                         CASE WHEN k.oid IS NULL THEN \
            """
                + word("t.tgname")
                + """
                         WHEN kc.oid = c.oid AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger o
                              WHERE o.tgrelid = c.oid AND o.tgname = k.conname) THEN \
            """
                + word("k.conname")
                + """
                         ELSE pg_catalog.format('%s of %s', \
            """
                + word("k.conname")
                + ", "
                + CatalogSql.relation("kc.oid")
                + """
            ) END] AS path,
                   pg_catalog.string_agg(DISTINCT
                       CASE t.tgenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always'
                                        ELSE 'enabled' END, ', ') AS state
            """
                + FROM + " GROUP BY 1";
    }

    /** In quotes where it could be taken for a key and its table. */
    private static String word(String name) {
        return "CASE WHEN " + name + " ~ '^\"| of ' THEN pg_catalog.quote_ident(" + name + ") ELSE " + name
                + "::text END";
    }

    /**
     * A trigger or key, and where it is.
     *
     * @param table of the key, as SQL writes it; or null for what is on the table itself
     */
    private record Named(String name, String table) {
        private static final Pattern QUOTED = Pattern.compile("(\"(?:[^\"]++|\"\")*+\")(?: of (.*))?", Pattern.DOTALL);

        static Named of(String text) {
            Matcher quoted = QUOTED.matcher(text);
            if (quoted.matches()) {
                return new Named(SqlNames.unquoted(quoted.group(1)), quoted.group(2));
            }
            int of = text.indexOf(OF);
            return of < 0 ? new Named(text, null) : new Named(text.substring(0, of), text.substring(of + OF.length()));
        }
    }

    @Override
    public List<String> create(SchemaObject object) {
        String state = object.text("state");
        return List.of(switchTo(object, state.equals("enabled") ? "ENABLE" : SettingsSql.verb(state)));
    }

    @Override
    public List<String> drop(SchemaObject object) {
        return List.of(switchTo(object, "ENABLE"));
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        return Optional.of(create(after));
    }

    /** Their names hold numbers that differ from database to database, so they are looked up. */
    private static String switchTo(SchemaObject object, String verb) {
        String table = SqlText.literal(SqlText.name(object.name(0)));
        Named named = Named.of(object.name());
        String name = SqlText.literal(named.name);
        String key = "k.conname = %s AND k.conrelid = %s"
                .formatted(
                        name,
                        named.table == null
                                ? "t.tgrelid"
                                : SqlText.literal(SqlText.qualified(named.table)) + "::regclass");
        // A trigger of that name comes before a key, which then is said with its table.
        String chosen = named.table != null
                ? key
                : """
                (t.tgname = %s
                                      OR %s AND NOT EXISTS (SELECT FROM pg_trigger o WHERE o.tgrelid = t.tgrelid
                                                             AND o.tgname = k.conname))"""
                        .formatted(name, key);
        return """
            DO $switch$
            DECLARE
                wanted name;
            BEGIN
                FOR wanted IN SELECT t.tgname FROM pg_trigger t LEFT JOIN pg_constraint k ON k.oid = t.tgconstraint
                               WHERE t.tgrelid = %s::regclass AND %s LOOP
                    EXECUTE format('ALTER TABLE %%s %s TRIGGER %%I', %s::regclass, wanted);
                END LOOP;
            END
            $switch$"""
                .formatted(table, chosen, verb, table);
    }
}
