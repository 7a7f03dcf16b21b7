package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;

/** Conversions between encodings. */
final class ConversionKind extends AbstractKind {
    ConversionKind() {
        super(
                "conversion",
                "conversions/*",
                Phase.DEFINITION,
                Undeclared.STRICT_DRIFT,
                "conversion",
                List.of(Aspect.text("function"), Aspect.text("from"), Aspect.text("to"), Aspect.flag("default")));
    }

    @Override
    public Sign sign() {
        return Sign.inSchema("pg_conversion");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['conversions', c.conname]::text[] AS path, %s AS function,
                   pg_catalog.pg_encoding_to_char(c.conforencoding) AS from,
                   pg_catalog.pg_encoding_to_char(c.contoencoding) AS to, c.condefault::text AS default
              FROM pg_catalog.pg_conversion c WHERE c.connamespace = :schema AND %s
            """
                .formatted(CatalogSql.function("c.conproc"), CatalogSql.ours("c", "pg_conversion"));
    }

    @Override
    public List<String> create(SchemaObject conversion) {
        return List.of("CREATE " + (conversion.flag("default") ? "DEFAULT " : "") + "CONVERSION "
                + SqlText.name(conversion.name()) + " FOR " + SqlText.literal(conversion.text("from")) + " TO "
                + SqlText.literal(conversion.text("to")) + " FROM " + conversion.text("function"));
    }

    @Override
    public List<String> drop(SchemaObject conversion) {
        return List.of("DROP CONVERSION " + SqlText.name(conversion.name()));
    }
}
