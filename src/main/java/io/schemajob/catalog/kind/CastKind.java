package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.SchemaObject;
import java.util.List;
import java.util.Locale;

/** Casts from or to a type of this schema, or by a function of it. */
final class CastKind extends AbstractKind {
    CastKind() {
        super(
                "cast",
                "casts/*",
                Phase.DEFINITION,
                Undeclared.STRICT_DRIFT,
                "cast",
                List.of(Aspect.text("function"), Aspect.text("method"), Aspect.text("context")));
    }

    @Override
    public ObjectIdentity object(SchemaObject cast) {
        return ObjectIdentity.worded(noun(), "cast (%s)", cast.name());
    }

    @Override
    public boolean databaseWide() {
        return true;
    }

    @Override
    public Sign sign() {
        return Sign.database(CatalogSql.any("pg_cast"));
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['casts', pg_catalog.format_type(c.castsource, NULL) || ' AS '
                         || pg_catalog.format_type(c.casttarget, NULL)] AS path,
                   CASE WHEN c.castfunc <> 0 THEN c.castfunc::regprocedure::text END AS function,
                   CASE c.castmethod WHEN 'i' THEN 'inout' WHEN 'b' THEN 'binary' END AS method,
                   CASE c.castcontext WHEN 'i' THEN 'implicit' WHEN 'a' THEN 'assignment' END AS context
              FROM pg_catalog.pg_cast c WHERE c.oid IN (%s)
            """
                .formatted(HeldSql.CASTS);
    }

    @Override
    public List<String> create(SchemaObject cast) {
        String method = cast.text("method");
        return List.of("CREATE CAST (" + cast.name() + ")"
                + (method == null
                        ? " WITH FUNCTION " + cast.text("function")
                        : method.equals("inout") ? " WITH INOUT" : " WITHOUT FUNCTION")
                + (cast.text("context") == null
                        ? ""
                        : " AS " + cast.text("context").toUpperCase(Locale.ROOT)));
    }

    @Override
    public List<String> drop(SchemaObject cast) {
        return List.of("DROP CAST (" + cast.name() + ")");
    }
}
