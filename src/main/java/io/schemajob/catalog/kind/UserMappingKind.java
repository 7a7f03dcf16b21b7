package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;

/** That a role has a mapping on a server; its options hold passwords, and who may read them differs, so they are left out. */
final class UserMappingKind extends AbstractKind {
    UserMappingKind() {
        super(
                "user mapping",
                "servers/*/user_mappings/*",
                Phase.FOUNDATION,
                Undeclared.WARNING,
                "user mapping",
                List.of(Aspect.text("user")));
    }

    @Override
    public boolean databaseWide() {
        return true;
    }

    @Override
    public String present() {
        return "EXISTS (SELECT FROM pg_catalog.pg_user_mappings)";
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['servers', m.srvname, 'user_mappings', m.usename]::text[] AS path, m.usename AS user
              FROM pg_catalog.pg_user_mappings m JOIN pg_catalog.pg_foreign_server s ON s.oid = m.srvid
             WHERE %s
               AND (NOT EXISTS (SELECT FROM pg_catalog.pg_foreign_table t WHERE t.ftserver = s.oid)
                    OR EXISTS (SELECT FROM pg_catalog.pg_foreign_table t JOIN pg_catalog.pg_class c ON c.oid = t.ftrelid
                                WHERE t.ftserver = s.oid AND c.relnamespace IN :schemas))
            """
                .formatted(CatalogSql.ours("s", "pg_foreign_server"));
    }

    private static String of(SchemaObject mapping) {
        String user = mapping.name();
        return " USER MAPPING FOR " + (user.equals("public") ? "PUBLIC" : SqlText.name(user)) + " SERVER "
                + SqlText.name(mapping.name(0));
    }

    @Override
    public List<String> create(SchemaObject mapping) {
        return List.of("CREATE" + of(mapping));
    }

    @Override
    public List<String> drop(SchemaObject mapping) {
        return List.of("DROP" + of(mapping));
    }
}
