package io.schemajob.catalog.kind;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The objects of a schema that have an owner, named as {@link AccessTarget} reads them, with what was granted on them. */
final class OwnedSql {
    /** Those that have privileges too; {@code letter} is theirs in {@code acldefault}. */
    private static final String WITH_PRIVILEGES =
            """
            SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table'
                                  WHEN 'S' THEN 'sequence' ELSE 'table' END || ' ' || pg_catalog.quote_ident(c.relname) AS object,
                   c.relowner AS owner, c.relacl AS acl,
                   (CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END)::"char" AS letter,
                   c.relkind = 'S' AND EXISTS (SELECT FROM pg_catalog.pg_depend d
                        WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
                          AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype IN ('a', 'i')) AS owned
              FROM pg_catalog.pg_class c
             WHERE c.relnamespace = :schema AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND %s
            UNION ALL
            SELECT 'column ' || pg_catalog.quote_ident(c.relname) || '.' || pg_catalog.quote_ident(a.attname),
                   c.relowner, a.attacl, 'c', true
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
             WHERE c.relnamespace = :schema AND a.attacl IS NOT NULL AND NOT a.attisdropped AND a.attnum > 0 AND %s
            UNION ALL
            SELECT CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END || ' '
                   || pg_catalog.quote_ident(p.proname) || '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')',
                   p.proowner, p.proacl, 'f', EXISTS (SELECT FROM pg_catalog.pg_depend d
                        WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')
              FROM pg_catalog.pg_proc p WHERE p.pronamespace = :schema AND %s
            UNION ALL
            SELECT 'type ' || pg_catalog.quote_ident(t.typname), t.typowner, t.typacl, 'T', false
              FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_class tc ON tc.oid = t.typrelid
             WHERE t.typnamespace = :schema AND t.typtype IN ('b', 'c', 'd', 'e', 'r')
               AND (tc.oid IS NULL OR tc.relkind = 'c')
               AND (t.typelem = 0 OR (SELECT e.typarray FROM pg_catalog.pg_type e WHERE e.oid = t.typelem) <> t.oid) AND %s
            UNION ALL
            SELECT 'schema', n.nspowner, n.nspacl, 'n',
                   n.nspname = 'public'
                   AND (n.nspowner = 10 OR pg_catalog.pg_get_userbyid(n.nspowner) = 'pg_database_owner')
              FROM pg_catalog.pg_namespace n WHERE n.oid = :schema
            UNION ALL
            SELECT 'language ' || pg_catalog.quote_ident(l.lanname), l.lanowner, l.lanacl, 'l', false
              FROM pg_catalog.pg_language l WHERE %s
            UNION ALL
            SELECT 'foreign-data wrapper ' || pg_catalog.quote_ident(w.fdwname), w.fdwowner, w.fdwacl, 'F', false
              FROM pg_catalog.pg_foreign_data_wrapper w WHERE %s
            UNION ALL
            SELECT 'server ' || pg_catalog.quote_ident(s.srvname), s.srvowner, s.srvacl, 'S', false
              FROM pg_catalog.pg_foreign_server s WHERE %s
            """
                    .formatted(
                            CatalogSql.ours("c", "pg_class"),
                            CatalogSql.ours("c", "pg_class"),
                            CatalogSql.ours("p", "pg_proc"),
                            CatalogSql.ours("t", "pg_type"),
                            CatalogSql.ours("l", "pg_language"),
                            CatalogSql.ours("w", "pg_foreign_data_wrapper"),
                            CatalogSql.ours("s", "pg_foreign_server"));

    /** word, catalog, prefix of its columns, its name. */
    private static final List<List<String>> OTHERS = List.of(
            List.of("collation", "pg_collation", "coll", "pg_catalog.quote_ident(x.collname)"),
            List.of("conversion", "pg_conversion", "con", "pg_catalog.quote_ident(x.conname)"),
            List.of(
                    "operator",
                    "pg_operator",
                    "opr",
                    "pg_catalog.format('%s (%s, %s)', x.oprname, CASE x.oprleft WHEN 0 THEN 'NONE' ELSE"
                            + " pg_catalog.format_type(x.oprleft, NULL) END, pg_catalog.format_type(x.oprright, NULL))"),
            List.of(
                    "operator class",
                    "pg_opclass",
                    "opc",
                    "pg_catalog.format('%I USING %s', x.opcname, (SELECT m.amname FROM pg_catalog.pg_am m WHERE m.oid = x.opcmethod))"),
            List.of(
                    "operator family",
                    "pg_opfamily",
                    "opf",
                    "pg_catalog.format('%I USING %s', x.opfname, (SELECT m.amname FROM pg_catalog.pg_am m WHERE m.oid = x.opfmethod))"),
            List.of("text search dictionary", "pg_ts_dict", "dict", "pg_catalog.quote_ident(x.dictname)"),
            List.of("text search configuration", "pg_ts_config", "cfg", "pg_catalog.quote_ident(x.cfgname)"),
            List.of("statistics", "pg_statistic_ext", "stx", "pg_catalog.quote_ident(x.stxname)"));

    /** Of the whole database. */
    private static final List<List<String>> WIDE = List.of(
            List.of("publication", "pg_publication", "pub", "pg_catalog.quote_ident(x.pubname)"),
            List.of("event trigger", "pg_event_trigger", "evt", "pg_catalog.quote_ident(x.evtname)"));

    private OwnedSql() {}

    /** {@code object, owner, acl, letter, owned}; {@code owned} where the owner follows from something else. */
    static String withPrivileges() {
        return WITH_PRIVILEGES;
    }

    /** {@code object, owner}. */
    static String all() {
        return "SELECT o.object, o.owner FROM (" + WITH_PRIVILEGES + ") o WHERE NOT o.owned\n"
                + Stream.concat(
                                OTHERS.stream().map(of -> plain(of, "x." + of.get(2) + "namespace = :schema AND ")),
                                WIDE.stream().map(of -> plain(of, "")))
                        .collect(Collectors.joining());
    }

    private static String plain(List<String> of, String where) {
        return "UNION ALL SELECT '%s ' || %s, x.%sowner FROM pg_catalog.%s x WHERE %s%s\n"
                .formatted(of.get(0), of.get(3), of.get(2), of.get(1), where, CatalogSql.ours("x", of.get(1)));
    }
}
