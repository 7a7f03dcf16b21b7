package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.View;
import io.schemajob.catalog.sql.SqlScope;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;
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
    public Sign sign() {
        return Sign.column("c.relkind IN ('r', 'p', 'm') AND (a.attstorage <> t.typstorage OR a.attcompression <> ''"
                + " OR a.attstattarget >= 0 OR a.attoptions IS NOT NULL) OR c.relkind = 'v' AND a.atthasdef");
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
                        .formatted(ColumnStorage.QUERY)
                + FROM;
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        String table = after.name(0);
        // Without ONLY some of these are set on children too, of which each has its own.
        String column = "ALTER TABLE ONLY " + SqlText.name(table) + " ALTER COLUMN " + SqlText.name(after.name()) + " ";
        List<String> statements = ColumnStorage.change(column, before, after);
        if (SettingsSql.differs(before, after, "view_default")) {
            String value = after.text("view_default");
            statements.add("ALTER VIEW " + SqlText.name(table) + " ALTER COLUMN " + SqlText.name(after.name())
                    + (value == null ? " DROP DEFAULT" : " SET DEFAULT " + value));
        }
        return Optional.of(statements);
    }
}
