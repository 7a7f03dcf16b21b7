package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Transforms of a type of this schema, or by functions of it, for a procedural language. */
final class TransformKind extends AbstractKind {
    TransformKind() {
        super(
                "transform",
                "transforms/*",
                Phase.DEFINITION,
                Undeclared.STRICT_DRIFT,
                "transform",
                List.of(Aspect.text("from_sql"), Aspect.text("to_sql")));
    }

    @Override
    public boolean databaseWide() {
        return true;
    }

    @Override
    public Sign sign() {
        return Sign.filled("pg_transform");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['transforms', pg_catalog.format('FOR %%s LANGUAGE %%I', pg_catalog.format_type(x.trftype, NULL),
                         l.lanname)] AS path,
                   NULLIF(x.trffromsql::regprocedure::text, '-') AS from_sql,
                   NULLIF(x.trftosql::regprocedure::text, '-') AS to_sql
              FROM pg_catalog.pg_transform x JOIN pg_catalog.pg_language l ON l.oid = x.trflang
             WHERE x.oid IN (%s)
            """
                .formatted(HeldSql.TRANSFORMS);
    }

    @Override
    public List<String> create(SchemaObject transform) {
        List<String> parts = new ArrayList<>();
        if (transform.text("from_sql") != null) {
            parts.add("FROM SQL WITH FUNCTION " + transform.text("from_sql"));
        }
        if (transform.text("to_sql") != null) {
            parts.add("TO SQL WITH FUNCTION " + transform.text("to_sql"));
        }
        return List.of("CREATE TRANSFORM " + transform.name() + " (" + String.join(", ", parts) + ")");
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        return Optional.of(List.of(create(after).get(0).replaceFirst("^CREATE", "CREATE OR REPLACE")));
    }

    @Override
    public List<String> drop(SchemaObject transform) {
        return List.of("DROP TRANSFORM " + transform.name());
    }
}
