package io.schemajob.catalog.kind;

/** Which casts, transforms and languages are held, by their OIDs: they are in no schema, and comments on them follow. */
final class HeldSql {
    /** Those of a type or by a function of the schemas, and those that are PostgreSQL's own in every part. */
    static final String CASTS =
            """
            SELECT c.oid FROM pg_catalog.pg_cast c
              JOIN pg_catalog.pg_type s ON s.oid = c.castsource JOIN pg_catalog.pg_type t ON t.oid = c.casttarget
              LEFT JOIN pg_catalog.pg_proc p ON p.oid = c.castfunc
             WHERE (s.typnamespace IN :schemas OR t.typnamespace IN :schemas OR p.pronamespace IN :schemas
                    OR 'pg_catalog'::regnamespace = ALL (ARRAY[s.typnamespace, t.typnamespace,
                                                              COALESCE(p.pronamespace, s.typnamespace)]))
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend i WHERE i.objid = c.oid
                                  AND i.classid = 'pg_catalog.pg_cast'::regclass AND i.deptype = 'i') AND %s
            """
                    .formatted(CatalogSql.ours("c", "pg_cast"));

    /** The same of transforms. */
    static final String TRANSFORMS =
            """
            SELECT x.oid FROM pg_catalog.pg_transform x JOIN pg_catalog.pg_type t ON t.oid = x.trftype
             WHERE (t.typnamespace IN :schemas
                    OR EXISTS (SELECT FROM pg_catalog.pg_proc p
                                WHERE p.oid IN (x.trffromsql, x.trftosql) AND p.pronamespace IN :schemas)
                    OR t.typnamespace = 'pg_catalog'::regnamespace
                       AND NOT EXISTS (SELECT FROM pg_catalog.pg_proc p WHERE p.oid IN (x.trffromsql, x.trftosql)
                                          AND p.pronamespace <> 'pg_catalog'::regnamespace)) AND %s
            """
                    .formatted(CatalogSql.ours("x", "pg_transform"));

    /** Those whose handler is a function of the schemas, or PostgreSQL's own. */
    static final String LANGUAGES =
            """
            SELECT l.oid FROM pg_catalog.pg_language l JOIN pg_catalog.pg_proc p ON p.oid = l.lanplcallfoid
             WHERE (p.pronamespace IN :schemas OR p.pronamespace = 'pg_catalog'::regnamespace) AND %s
            """
                    .formatted(CatalogSql.ours("l", "pg_language"));

    private HeldSql() {}
}
