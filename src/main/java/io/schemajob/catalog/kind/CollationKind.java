package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;

/** Collations of one's own. The version of the library that sorts is the server's business. */
final class CollationKind extends AbstractKind {
    CollationKind() {
        super(
                "collation",
                "collations/*",
                Phase.FOUNDATION,
                Undeclared.STRICT_DRIFT,
                "collation",
                List.of(
                        Aspect.text("locale"),
                        Aspect.text("provider").usually("libc"),
                        Aspect.text("lc_ctype"),
                        Aspect.flag("nondeterministic"),
                        Aspect.text("rules")));
    }

    @Override
    public List<String> names(SchemaObject object) {
        return List.of(object.name());
    }

    @Override
    public String leftToPerson(SchemaObject before, SchemaObject after) {
        return "No statement changes a collation in place, and columns and indexes hold on to it: make one of another name.";
    }

    @Override
    public String newer() {
        return "`rules` 16, provider `builtin` 17";
    }

    @Override
    public Sign sign() {
        return Sign.inSchema("pg_collation");
    }

    @Override
    public String query(int major) {
        String icu = major >= 17 ? "c.colllocale" : major >= 15 ? "c.colliculocale" : "NULL";
        return """
            SELECT ARRAY['collations', c.collname]::text[] AS path,
                   CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END AS provider,
                   COALESCE(%s, c.collcollate) AS locale,
                   CASE WHEN c.collprovider = 'c' AND c.collctype <> c.collcollate THEN c.collctype END AS lc_ctype,
                   (NOT c.collisdeterministic)::text AS nondeterministic, %s AS rules
              FROM pg_catalog.pg_collation c
             WHERE c.collnamespace = :schema AND """
                        .formatted(icu, major >= 16 ? "c.collicurules" : "NULL")
                + " " + CatalogSql.ours("c", "pg_collation");
    }

    @Override
    public List<String> create(SchemaObject collation) {
        List<String> parts = new ArrayList<>();
        String provider = collation.text("provider");
        parts.add("provider = " + (provider == null ? "libc" : provider));
        String locale = SqlText.literal(collation.text("locale"));
        if (collation.text("lc_ctype") == null) {
            parts.add("locale = " + locale);
        } else {
            parts.add("lc_collate = " + locale);
            parts.add("lc_ctype = " + SqlText.literal(collation.text("lc_ctype")));
        }
        if (collation.flag("nondeterministic")) {
            parts.add("deterministic = false");
        }
        if (collation.text("rules") != null) {
            parts.add("rules = " + SqlText.literal(collation.text("rules")));
        }
        return List.of("CREATE COLLATION " + SqlText.name(collation.name()) + " (" + String.join(", ", parts) + ")");
    }

    @Override
    public List<String> drop(SchemaObject collation) {
        return List.of("DROP COLLATION " + SqlText.name(collation.name()));
    }
}
