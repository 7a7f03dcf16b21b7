package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;

/** Range types, with the multirange type and the constructors that each brings. */
final class RangeTypeKind extends AbstractKind {
    RangeTypeKind() {
        super(
                "range type",
                "types/*/range",
                Phase.FOUNDATION,
                Undeclared.STRICT_DRIFT,
                "type",
                List.of(
                        Aspect.text("subtype"),
                        Aspect.text("subtype_opclass"),
                        Aspect.text("collation"),
                        Aspect.text("canonical"),
                        Aspect.text("subtype_diff"),
                        Aspect.text("multirange_type_name")));
    }

    @Override
    public ObjectIdentity object(SchemaObject object) {
        return ObjectIdentity.of(noun(), object.name(0));
    }

    @Override
    public List<String> names(SchemaObject object) {
        String multirange = object.text("multirange_type_name");
        List<String> names = new ArrayList<>(List.of(object.name(0)));
        names.add(
                multirange != null
                        ? multirange
                        : object.name(0).contains("range")
                                ? object.name(0).replaceFirst("range", "multirange")
                                : object.name(0) + "_multirange");
        return names;
    }

    @Override
    public String leftToPerson(SchemaObject before, SchemaObject after) {
        return "No statement changes a range type in place: make one of another name, let columns and functions use it,"
                + " and drop this one.";
    }

    @Override
    public Sign sign() {
        return Sign.type("t.typtype = 'r'");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['types', t.typname, 'range']::text[] AS path, %s AS subtype,
                   (SELECT CASE WHEN pg_catalog.pg_opclass_is_visible(o.oid) THEN pg_catalog.quote_ident(o.opcname)
                                ELSE pg_catalog.format('%%s.%%I', o.opcnamespace::regnamespace, o.opcname) END
                      FROM pg_catalog.pg_opclass o WHERE o.oid = r.rngsubopc AND %s) AS subtype_opclass,
                   (SELECT CASE WHEN pg_catalog.pg_collation_is_visible(c.oid) THEN pg_catalog.quote_ident(c.collname)
                                ELSE pg_catalog.format('%%s.%%I', c.collnamespace::regnamespace, c.collname) END
                      FROM pg_catalog.pg_collation c JOIN pg_catalog.pg_type s ON s.oid = r.rngsubtype
                     WHERE c.oid = r.rngcollation AND c.oid <> s.typcollation) AS collation,
                   %s AS canonical, %s AS subtype_diff,
                   CASE WHEN m.typname <> CASE WHEN t.typname LIKE '%%range%%'
                             THEN pg_catalog.regexp_replace(t.typname, 'range', 'multirange')
                             ELSE t.typname || '_multirange' END
                        THEN pg_catalog.quote_ident(m.typname) END AS multirange_type_name
              FROM pg_catalog.pg_range r JOIN pg_catalog.pg_type t ON t.oid = r.rngtypid
              JOIN pg_catalog.pg_type m ON m.oid = r.rngmultitypid
             WHERE t.typnamespace = :schema AND """
                        .formatted(
                                CatalogSql.type("r.rngsubtype"),
                                CatalogSql.isChosenOpclass("r.rngsubtype"),
                                CatalogSql.function("r.rngcanonical"),
                                CatalogSql.function("r.rngsubdiff"))
                + " " + CatalogSql.ours("t", "pg_type");
    }

    @Override
    public List<String> create(SchemaObject type) {
        return List.of(
                "CREATE TYPE " + SqlText.name(type.name(0)) + " AS RANGE " + SettingsSql.definition(aspects(), type));
    }

    @Override
    public List<String> drop(SchemaObject type) {
        return List.of("DROP TYPE " + SqlText.name(type.name(0)));
    }
}
