package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;

/** Procedural languages whose handler is a function of this schema; others come as extensions. */
final class LanguageKind extends AbstractKind {
    LanguageKind() {
        super(
                "language",
                "languages/*",
                Phase.DEFINITION,
                Undeclared.WARNING,
                "language",
                List.of(
                        Aspect.text("handler"),
                        Aspect.text("inline"),
                        Aspect.text("validator"),
                        Aspect.flag("trusted")));
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
        return Sign.database(CatalogSql.any("pg_language"));
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['languages', l.lanname]::text[] AS path, %s AS handler, %s AS inline, %s AS validator,
                   l.lanpltrusted::text AS trusted
              FROM pg_catalog.pg_language l WHERE l.oid IN (%s)
            """
                .formatted(
                        CatalogSql.function("l.lanplcallfoid"),
                        CatalogSql.function("l.laninline"),
                        CatalogSql.function("l.lanvalidator"),
                        HeldSql.LANGUAGES);
    }

    @Override
    public List<String> create(SchemaObject language) {
        return List.of("CREATE " + (language.flag("trusted") ? "TRUSTED " : "") + "LANGUAGE "
                + SqlText.name(language.name()) + " HANDLER " + language.text("handler")
                + (language.text("inline") == null ? "" : " INLINE " + language.text("inline"))
                + (language.text("validator") == null ? "" : " VALIDATOR " + language.text("validator")));
    }

    @Override
    public List<String> drop(SchemaObject language) {
        return List.of("DROP LANGUAGE " + SqlText.name(language.name()));
    }
}
