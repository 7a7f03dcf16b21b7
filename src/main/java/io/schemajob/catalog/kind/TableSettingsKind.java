package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code ALTER TABLE} sets on a table or materialized view and leaves its columns as they are. */
public final class TableSettingsKind extends AbstractSettings {
    private static final int ACCESS_METHOD_SINCE = 15;
    private static final String NOUN = "table";
    private static final String OF_TYPE = "of_type";
    private static final String REPLICA_IDENTITY = "replica_identity";
    private static final String CLUSTER_ON = "cluster_on";
    private static final String INDEX = "index ";

    private static final String FROM =
            """
              FROM pg_catalog.pg_class c
              LEFT JOIN pg_catalog.pg_class t ON t.oid = c.reltoastrelid
              LEFT JOIN pg_catalog.pg_am m ON m.oid = c.relam
              LEFT JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indisclustered
             WHERE c.relnamespace = :schema AND c.relkind IN ('r', 'p', 'm')
               AND (c.relkind <> 'm' AND c.reloptions IS NOT NULL OR t.reloptions IS NOT NULL
                    OR c.relreplident NOT IN ('d') OR m.amname <> 'heap' OR c.reloftype <> 0 OR c.reltablespace <> 0 OR i.indrelid IS NOT NULL)
            """;

    TableSettingsKind() {
        super(
                NOUN,
                "tables/* views/*",
                Phase.SETTINGS,
                Undeclared.STRICT_DRIFT,
                "",
                List.of(
                        Aspect.map("with"),
                        Aspect.map("toast"),
                        Aspect.text(REPLICA_IDENTITY),
                        Aspect.text(CLUSTER_ON),
                        Aspect.text("access_method"),
                        Aspect.text(OF_TYPE),
                        Aspect.text("tablespace").since(3)));
    }

    /** The composite type that a table is {@code OF}, as the server prints it, or null. */
    public static String typeOf(String table, Schema schema) {
        SchemaObject settings = schema.objects().of(NOUN).get(List.of("tables", table));
        return settings == null ? null : settings.text(OF_TYPE);
    }

    @Override
    public ObjectIdentity object(SchemaObject object) {
        return ObjectIdentity.of(isTable(object) ? "table" : "materialized view", object.name());
    }

    private static boolean isTable(SchemaObject object) {
        return object.path().get(0).equals("tables");
    }

    /** The index by which rows are known or sorted. */
    @Override
    public List<TablePart> parts(SchemaObject object) {
        String identity = object.text(REPLICA_IDENTITY);
        return isTable(object)
                ? Stream.of(
                                object.text(CLUSTER_ON),
                                identity != null && identity.startsWith(INDEX)
                                        ? identity.substring(INDEX.length())
                                        : null)
                        .filter(Objects::nonNull)
                        .map(index -> new TablePart(object.name(), index, true))
                        .toList()
                : List.of();
    }

    /** While an index is made anew, the table stays where it is. */
    @Override
    public Optional<SchemaObject> meanwhile(SchemaObject object) {
        return parts(object).isEmpty()
                ? Optional.empty()
                : Optional.of(object.without(CLUSTER_ON).without(REPLICA_IDENTITY));
    }

    @Override
    public Sign sign() {
        return Sign.relation(
                        "c.relkind IN ('r', 'p', 'm') AND (c.relkind <> 'm' AND c.reloptions IS NOT NULL"
                                + " OR c.relreplident <> 'd' OR c.relam NOT IN (0, 2) OR c.reloftype <> 0 OR c.reltablespace <> 0)")
                .or(Sign.relation("c.reltoastrelid <> 0 AND EXISTS (SELECT FROM pg_catalog.pg_class o"
                        + " WHERE o.oid = c.reltoastrelid AND o.reloptions IS NOT NULL)"))
                .or(Sign.index("x.indisclustered"));
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY[CASE c.relkind WHEN 'm' THEN 'views' ELSE 'tables' END, c.relname]::text[] AS path,
                   CASE WHEN c.relkind <> 'm' THEN c.reloptions END AS with, t.reloptions AS toast,
                   CASE c.relreplident WHEN 'n' THEN 'nothing' WHEN 'f' THEN 'full' WHEN 'i' THEN
                        (SELECT 'index ' || rc.relname FROM pg_catalog.pg_index ri
                           JOIN pg_catalog.pg_class rc ON rc.oid = ri.indexrelid
                          WHERE ri.indrelid = c.oid AND ri.indisreplident) END AS replica_identity,
                   (SELECT ic.relname FROM pg_catalog.pg_class ic WHERE ic.oid = i.indexrelid) AS cluster_on,
                   NULLIF(m.amname, 'heap')::text AS access_method, %s AS of_type, %s AS tablespace
            """
                        .formatted(CatalogSql.type("c.reloftype"), CatalogSql.tablespace("c.reltablespace"))
                + FROM;
    }

    @Override
    public Optional<List<String>> alter(int major, SchemaObject before, SchemaObject after) {
        return major > 0 && major < ACCESS_METHOD_SINCE && SettingsSql.differs(before, after, "access_method")
                ? Optional.empty()
                : alter(before, after);
    }

    @Override
    public String leftToPerson(SchemaObject before, SchemaObject after) {
        return "PostgreSQL changes the access method of a table that is there since version 15: make another, move the rows, and"
                + " let it take this one's name.";
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        String alter =
                (isTable(after) ? "ALTER TABLE " : "ALTER MATERIALIZED VIEW ") + SqlText.name(after.name()) + " ";
        List<String> statements = new ArrayList<>();
        if (SettingsSql.differs(before, after, "access_method")) {
            statements.add(alter + "SET ACCESS METHOD "
                    + (after.text("access_method") == null ? "heap" : SqlText.name(after.text("access_method"))));
        }
        if (SettingsSql.differs(before, after, OF_TYPE)) {
            statements.add(alter + (after.text(OF_TYPE) == null ? "NOT OF" : "OF " + after.text(OF_TYPE)));
        }
        statements.addAll(SettingsSql.change(alter, "", before.map("with"), after.map("with")));
        statements.addAll(SettingsSql.change(alter, "toast.", before.map("toast"), after.map("toast")));
        if (SettingsSql.differs(before, after, REPLICA_IDENTITY)) {
            String identity = after.text(REPLICA_IDENTITY);
            statements.add(alter + "REPLICA IDENTITY "
                    + (identity != null && identity.startsWith(INDEX)
                            ? "USING INDEX " + SqlText.name(identity.substring(INDEX.length()))
                            : identity == null ? "DEFAULT" : identity.toUpperCase(Locale.ROOT)));
        }
        if (SettingsSql.differs(before, after, CLUSTER_ON)) {
            String index = after.text(CLUSTER_ON);
            statements.add(alter + (index == null ? "SET WITHOUT CLUSTER" : "CLUSTER ON " + SqlText.name(index)));
        }
        statements.addAll(SettingsSql.tablespace(alter, before, after));
        return Optional.of(statements);
    }
}
