package io.schemajob.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Every object of a database in words, a line each, so that two moments can be compared. Independent of the product's
 * own reader of the catalog on purpose.
 */
public final class CatalogText {
    private static final String SQL =
            """
            WITH s AS (SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema')
            SELECT 'schema ' || nspname || ' owner ' || pg_get_userbyid(nspowner) FROM pg_namespace JOIN s USING (oid, nspname)
            UNION ALL
            SELECT 'relation ' || c.oid::regclass || ' kind ' || c.relkind::text || c.relpersistence::text || ' owner '
                   || pg_get_userbyid(c.relowner) || ' acl ' || coalesce(c.relacl::text, '') || ' comment '
                   || coalesce(obj_description(c.oid, 'pg_class'), '')
            FROM pg_class c JOIN s ON s.oid = c.relnamespace
            UNION ALL
            SELECT 'column ' || c.oid::regclass || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                   || ' notnull ' || a.attnotnull || ' default ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
                   || ' identity ' || a.attidentity::text || ' generated ' || a.attgenerated::text || ' position ' || a.attnum
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN s ON s.oid = c.relnamespace
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attnum > 0 AND NOT a.attisdropped
            UNION ALL
            SELECT 'constraint ' || conrelid::regclass || '.' || conname || ' ' || pg_get_constraintdef(k.oid)
            FROM pg_constraint k JOIN s ON s.oid = k.connamespace
            UNION ALL
            SELECT 'index ' || pg_get_indexdef(indexrelid) || ' valid ' || (indisvalid AND indisready)
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN s ON s.oid = c.relnamespace
            UNION ALL
            SELECT 'view ' || c.oid::regclass || ' ' || pg_get_viewdef(c.oid)
            FROM pg_class c JOIN s ON s.oid = c.relnamespace WHERE c.relkind IN ('v', 'm')
            UNION ALL
            SELECT 'function ' || p.oid::regprocedure || ' owner ' || pg_get_userbyid(p.proowner) || ' '
                   || pg_get_functiondef(p.oid)
            FROM pg_proc p JOIN s ON s.oid = p.pronamespace AND p.prokind <> 'a'
            UNION ALL
            SELECT 'trigger ' || pg_get_triggerdef(t.oid) || ' enabled ' || t.tgenabled::text
            FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN s ON s.oid = c.relnamespace WHERE NOT t.tgisinternal
            UNION ALL
            SELECT 'sequence ' || q.seqrelid::regclass || ' ' || q.seqtypid::regtype || ' from ' || q.seqstart || ' by '
                   || q.seqincrement
            FROM pg_sequence q JOIN pg_class c ON c.oid = q.seqrelid JOIN s ON s.oid = c.relnamespace
            UNION ALL
            SELECT 'type ' || t.oid::regtype || ' ' || t.typtype::text || ' '
                   || coalesce((SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid), '')
            FROM pg_type t JOIN s ON s.oid = t.typnamespace WHERE t.typtype IN ('e', 'd')
            UNION ALL
            SELECT 'extension ' || extname || ' ' || extversion FROM pg_extension
            ORDER BY 1
            """;

    private CatalogText() {}

    /** Of the whole database, the history table included. */
    public static List<String> of(Postgres.Database database) {
        try (Connection connection = database.connect()) {
            return Rows.of(connection, SQL).stream().map(row -> row.get(0)).toList();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Only of what does not belong to the history. */
    public static List<String> withoutHistory(Postgres.Database database) {
        return of(database).stream()
                .filter(line -> !line.contains("flyway_schema_history"))
                .toList();
    }
}
