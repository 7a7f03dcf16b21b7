package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;

/** Foreign-data wrappers that no extension brought. */
final class ForeignWrapperKind extends AbstractKind {
    ForeignWrapperKind() {
        super(
                "foreign-data wrapper",
                "foreign_data_wrappers/*",
                Phase.FOUNDATION,
                Undeclared.WARNING,
                "foreign-data wrapper",
                List.of(Aspect.text("handler"), Aspect.text("validator"), Aspect.map("options")));
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
        return CatalogSql.any("pg_foreign_data_wrapper");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['foreign_data_wrappers', w.fdwname]::text[] AS path, %s AS handler, %s AS validator, %s AS options
              FROM pg_catalog.pg_foreign_data_wrapper w WHERE %s
            """
                .formatted(
                        CatalogSql.function("w.fdwhandler"),
                        CatalogSql.function("w.fdwvalidator"),
                        SettingsSql.foreignOptions("w.fdwoptions"),
                        CatalogSql.ours("w", "pg_foreign_data_wrapper"));
    }

    @Override
    public List<String> create(SchemaObject wrapper) {
        return List.of("CREATE FOREIGN DATA WRAPPER " + SqlText.name(wrapper.name())
                + (wrapper.text("handler") == null ? "" : " HANDLER " + wrapper.text("handler"))
                + (wrapper.text("validator") == null ? "" : " VALIDATOR " + wrapper.text("validator"))
                + SettingsSql.foreignOptions(wrapper.map("options")));
    }

    @Override
    public List<String> drop(SchemaObject wrapper) {
        return List.of("DROP FOREIGN DATA WRAPPER " + SqlText.name(wrapper.name()));
    }
}
