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

    /** The role may have the name of a table, and making it anew would lose its password: it stands on its server alone. */
    @Override
    public String mentioning(SchemaObject mapping) {
        return "";
    }

    @Override
    public String putInto(SchemaObject mapping) {
        return "server " + mapping.name(0);
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
        return Sign.filled("pg_user_mapping");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['servers', m.srvname, 'user_mappings', m.usename]::text[] AS path, m.usename AS user, %s AS elsewhere
              FROM pg_catalog.pg_user_mappings m JOIN pg_catalog.pg_foreign_server s ON s.oid = m.srvid
             WHERE %s
            """
                .formatted(CatalogSql.SERVER_ELSEWHERE, CatalogSql.ours("s", "pg_foreign_server"));
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
    public String addedByPerson(SchemaObject mapping) {
        return "Its options, a password for example, are not declared: add them with ALTER USER MAPPING.";
    }

    @Override
    public List<String> drop(SchemaObject mapping) {
        return List.of("DROP" + of(mapping));
    }
}
