package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;

/** Foreign servers, without those that only foreign tables of other schemas use. */
final class ServerKind extends AbstractKind {
    ServerKind() {
        super(
                "server",
                "servers/*",
                Phase.FOUNDATION,
                Undeclared.WARNING,
                "server",
                List.of(Aspect.text("wrapper"), Aspect.text("type"), Aspect.text("version"), Aspect.map("options")));
    }

    @Override
    public List<String> names(SchemaObject object) {
        return List.of(object.name());
    }

    @Override
    public boolean databaseWide() {
        return true;
    }

    @Override
    public String present() {
        return CatalogSql.any("pg_foreign_server");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['servers', s.srvname]::text[] AS path, w.fdwname AS wrapper, s.srvtype AS type,
                   s.srvversion AS version, %s AS options
              FROM pg_catalog.pg_foreign_server s JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw
             WHERE %s
               AND (NOT EXISTS (SELECT FROM pg_catalog.pg_foreign_table t WHERE t.ftserver = s.oid)
                    OR EXISTS (SELECT FROM pg_catalog.pg_foreign_table t JOIN pg_catalog.pg_class c ON c.oid = t.ftrelid
                                WHERE t.ftserver = s.oid AND c.relnamespace IN :schemas))
            """
                .formatted(SettingsSql.foreignOptions("s.srvoptions"), CatalogSql.ours("s", "pg_foreign_server"));
    }

    @Override
    public List<String> create(SchemaObject server) {
        return List.of("CREATE SERVER " + SqlText.name(server.name())
                + (server.text("type") == null ? "" : " TYPE " + SqlText.literal(server.text("type")))
                + (server.text("version") == null ? "" : " VERSION " + SqlText.literal(server.text("version")))
                + " FOREIGN DATA WRAPPER " + SqlText.name(server.text("wrapper"))
                + SettingsSql.foreignOptions(server.map("options")));
    }

    @Override
    public List<String> drop(SchemaObject server) {
        return List.of("DROP SERVER " + SqlText.name(server.name()));
    }
}
