package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.View;
import io.schemajob.catalog.sql.SqlScope;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the values of a column are stored and sampled, and the defaults of views' columns. */
final class ColumnSettingsKind extends AbstractSettings {
    private static final String FROM =
            """
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
              JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
             WHERE c.relnamespace = :schema
               AND (c.relkind IN ('r', 'p', 'm')
                    AND (a.attstorage <> t.typstorage OR a.attcompression <> '' OR a.attstattarget >= 0
                         OR a.attoptions IS NOT NULL)
                    OR c.relkind = 'v' AND a.atthasdef)
            """;

    /** How a column {@code a} is stored, if not as its type {@code t} says. */
    static final String STORAGE =
            """
            CASE WHEN a.attstorage <> t.typstorage THEN
                 CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main'
                                   ELSE 'extended' END END
            """;

    ColumnSettingsKind() {
        super(
                "column",
                "tables/*/columns/* views/*/columns/*",
                Phase.SETTINGS,
                Undeclared.STRICT_DRIFT,
                "",
                List.of(
                        Aspect.text("storage"),
                        Aspect.text("compression"),
                        Aspect.number("statistics"),
                        Aspect.map("options"),
                        Aspect.expression("view_default")));
    }

    @Override
    public ObjectIdentity object(SchemaObject object) {
        return ObjectIdentity.column(object.name(0), object.name());
    }

    @Override
    public SqlScope scope(SchemaObject object, Aspect aspect, Schema live) {
        View view = live.views().get(object.name(0));
        return view == null
                ? SqlScope.WORDS
                : view.columns().stream()
                        .filter(column -> column.name().equals(object.name()))
                        .findFirst()
                        .map(column -> SqlScope.defaultOf(column.type()))
                        .orElse(SqlScope.WORDS);
    }

    @Override
    public String present() {
        return "EXISTS (SELECT a.attnum" + FROM + ")";
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY[CASE WHEN c.relkind IN ('v', 'm') THEN 'views' ELSE 'tables' END, c.relname, 'columns',
                         a.attname]::text[] AS path,
                   %s AS storage,
                   CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END AS compression,
                   CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::text END AS statistics,
                   a.attoptions AS options,
                   CASE WHEN c.relkind = 'v' AND a.atthasdef THEN
                        (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) FROM pg_catalog.pg_attrdef d
                          WHERE d.adrelid = c.oid AND d.adnum = a.attnum) END AS view_default
            """
                        .formatted(STORAGE)
                + FROM;
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        String table = after.name(0);
        // Without ONLY some of these are set on children too, of which each has its own.
        String column = "ALTER TABLE ONLY " + SqlText.name(table) + " ALTER COLUMN " + SqlText.name(after.name()) + " ";
        List<String> statements = stored(column, before, after);
        if (SettingsSql.differs(before, after, "view_default")) {
            String value = after.text("view_default");
            statements.add("ALTER VIEW " + SqlText.name(table) + " ALTER COLUMN " + SqlText.name(after.name())
                    + (value == null ? " DROP DEFAULT" : " SET DEFAULT " + value));
        }
        return Optional.of(statements);
    }

    /** The statements that store and sample a column in another way. */
    static List<String> stored(String column, SchemaObject before, SchemaObject after) {
        List<String> statements = new ArrayList<>();
        if (SettingsSql.differs(before, after, "storage")) {
            String storage = after.text("storage");
            statements.add(
                    storage == null
                            ? usualStorage(after.name(0), after.name())
                            : column + "SET STORAGE " + storage.toUpperCase(Locale.ROOT));
        }
        if (SettingsSql.differs(before, after, "compression")) {
            String method = after.text("compression");
            statements.add(column + "SET COMPRESSION " + (method == null ? "DEFAULT" : method));
        }
        if (SettingsSql.differs(before, after, "statistics")) {
            String target = after.text("statistics");
            statements.add(column + "SET STATISTICS " + (target == null ? "-1" : target));
        }
        statements.addAll(SettingsSql.change(column, "", before.map("options"), after.map("options")));
        return statements;
    }

    /** {@code SET STORAGE DEFAULT} needs PostgreSQL 16. */
    private static String usualStorage(String table, String column) {
        return """
            DO $storage$
            BEGIN
                EXECUTE (SELECT format('ALTER TABLE ONLY %%s ALTER COLUMN %%I SET STORAGE %%s', a.attrelid::regclass, a.attname,
                                CASE t.typstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN'
                                                  ELSE 'EXTENDED' END)
                           FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                          WHERE a.attrelid = %s::regclass AND a.attname = %s);
            END
            $storage$"""
                .formatted(SqlText.literal(SqlText.name(table)), SqlText.literal(column));
    }
}
