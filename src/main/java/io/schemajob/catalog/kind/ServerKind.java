package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;
import java.util.Optional;

/** Foreign servers. */
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

    /** Words of its options are no names, and making it anew would lose passwords: it stands on its wrapper alone. */
    @Override
    public String mentioning(SchemaObject server) {
        return "";
    }

    @Override
    public String putInto(SchemaObject server) {
        return "foreign-data wrapper " + server.text("wrapper");
    }

    @Override
    public boolean databaseWide() {
        return true;
    }

    @Override
    public boolean readsElsewhere() {
        return true;
    }

    @Override
    public Sign sign() {
        return Sign.filled("pg_foreign_server");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['servers', s.srvname]::text[] AS path, w.fdwname AS wrapper, s.srvtype AS type,
                   s.srvversion AS version, %s AS options, %s AS elsewhere
              FROM pg_catalog.pg_foreign_server s JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw
             WHERE %s
            """
                .formatted(
                        SettingsSql.foreignOptions("s.srvoptions"),
                        CatalogSql.SERVER_ELSEWHERE,
                        CatalogSql.ours("s", "pg_foreign_server"));
    }

    @Override
    public List<String> create(SchemaObject server) {
        return List.of("CREATE SERVER " + SqlText.name(server.name())
                + (server.text("type") == null ? "" : " TYPE " + SqlText.literal(server.text("type")))
                + (server.text("version") == null ? "" : " VERSION " + SqlText.literal(server.text("version")))
                + " FOREIGN DATA WRAPPER " + SqlText.name(server.text("wrapper"))
                + SettingsSql.foreignOptions(server.map("options")));
    }

    /** In place: what user mappings and the server itself hold of passwords, nobody else knows. */
    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        if (SettingsSql.differs(before, after, "wrapper") || SettingsSql.differs(before, after, "type")) {
            return Optional.empty();
        }
        String version = after.text("version") == null ? "NULL" : SqlText.literal(after.text("version"));
        String options = SettingsSql.changedOptions(before.map("options"), after.map("options"));
        String changes = (SettingsSql.differs(before, after, "version") ? "VERSION " + version + " " : "") + options;
        return Optional.of(
                changes.isEmpty()
                        ? List.of()
                        : List.of("ALTER SERVER " + SqlText.name(after.name()) + " " + changes.strip()));
    }

    @Override
    public String leftToPerson(SchemaObject before, SchemaObject after) {
        return "Its wrapper and its type can be changed only by making it anew, which loses the passwords of its user mappings.";
    }

    @Override
    public List<String> drop(SchemaObject server) {
        return List.of("DROP SERVER " + SqlText.name(server.name()));
    }
}
