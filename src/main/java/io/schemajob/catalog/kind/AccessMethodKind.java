package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;
import java.util.Locale;

/** Access methods that no extension brought. */
final class AccessMethodKind extends AbstractKind {
    AccessMethodKind() {
        super(
                "access method",
                "access_methods/*",
                Phase.FOUNDATION,
                Undeclared.WARNING,
                "access method",
                List.of(Aspect.text("handler"), Aspect.text("type")));
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
    public Sign sign() {
        return Sign.database(CatalogSql.any("pg_am"));
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['access_methods', m.amname]::text[] AS path, %s AS handler,
                   CASE m.amtype WHEN 't' THEN 'table' ELSE 'index' END AS type
              FROM pg_catalog.pg_am m WHERE %s
            """
                .formatted(CatalogSql.function("m.amhandler"), CatalogSql.ours("m", "pg_am"));
    }

    @Override
    public List<String> create(SchemaObject method) {
        return List.of("CREATE ACCESS METHOD " + SqlText.name(method.name()) + " TYPE "
                + method.text("type").toUpperCase(Locale.ROOT) + " HANDLER " + method.text("handler"));
    }

    @Override
    public List<String> drop(SchemaObject method) {
        return List.of("DROP ACCESS METHOD " + SqlText.name(method.name()));
    }
}
