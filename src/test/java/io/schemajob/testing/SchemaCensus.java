package io.schemajob.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that {@code pg_dump --schema-only} prints of the schema {@code public} and of what belongs to the whole
 * database, a line each, straight from the catalogs of PostgreSQL: far quicker than {@link SchemaDump}, and as independent
 * of the product's own reader. The place of a column in its table is left out.
 */
public final class SchemaCensus {
    private static final List<String> QUERIES = List.of(
            """
            SELECT 'relation', c.relname, c.relkind, c.relpersistence, ARRAY(SELECT unnest(c.reloptions) o ORDER BY o), c.relreplident, c.relrowsecurity,
                   c.relforcerowsecurity, am.amname, pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid),
                   t.reloptions, CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
                   (SELECT string_agg(i.inhparent::regclass::text || i.inhdetachpending, ',' ORDER BY i.inhseqno)
                      FROM pg_inherits i WHERE i.inhrelid = c.oid), CASE WHEN c.reloftype <> 0 THEN c.reloftype::regtype END
              FROM pg_class c LEFT JOIN pg_class t ON t.oid = c.reltoastrelid LEFT JOIN pg_am am ON am.oid = c.relam
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind NOT IN ('i', 'I')
            """,
            """
            SELECT 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
                   a.attgenerated, pg_get_expr(d.adbin, d.adrelid), a.attcollation::regcollation, a.attstorage,
                   a.attcompression, nullif(a.attstattarget, -1), a.attoptions, a.attfdwoptions, a.attislocal, a.attinhcount
              FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
              LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
             WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
               AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
            """,
            """
            SELECT 'constraint', k.conrelid::regclass, k.contypid::regtype, k.conname, CASE WHEN k.conislocal THEN pg_get_constraintdef(k.oid) ELSE regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', '') END,
                   k.convalidated OR NOT k.conislocal,
                   k.conislocal, k.coninhcount, k.connoinherit, k.conparentid <> 0
              FROM pg_constraint k WHERE k.connamespace = 'public'::regnamespace AND k.contype <> 'n' AND NOT (k.contype = 'f' AND k.conparentid <> 0)
            """,
            """
            SELECT 'index', c.relname, pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisready, i.indisreplident,
                   i.indisclustered, (SELECT h.inhparent::regclass FROM pg_inherits h WHERE h.inhrelid = c.oid),
                   (SELECT string_agg(a.attnum || ':' || a.attstattarget, ',') FROM pg_attribute a
                     WHERE a.attrelid = c.oid AND a.attstattarget <> -1)
              FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = 'public'::regnamespace
            """,
            """
            SELECT 'trigger', t.tgrelid::regclass, CASE WHEN t.tgisinternal THEN k.conname ELSE t.tgname END,
                   CASE WHEN NOT t.tgisinternal THEN pg_get_triggerdef(t.oid) END, t.tgenabled, t.tgparentid <> 0
              FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid LEFT JOIN pg_constraint k ON k.oid = t.tgconstraint
             WHERE c.relnamespace = 'public'::regnamespace AND (k.oid IS NULL OR k.connamespace = c.relnamespace AND k.conparentid = 0)
            """,
            """
            SELECT 'function', p.oid::regprocedure, CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END, p.prosupport,
                   p.prokind, (SELECT to_jsonb(a) - 'aggfnoid' - 'aggsortop' FROM pg_aggregate a WHERE a.aggfnoid = p.oid)
              FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
               AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype IN ('e', 'i'))
            """,
            """
            SELECT 'rule', r.ev_class::regclass, r.rulename, pg_get_ruledef(r.oid), r.ev_enabled
              FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
             WHERE c.relnamespace = 'public'::regnamespace AND r.rulename <> '_RETURN'
            """,
            """
            SELECT 'policy', p.polrelid::regclass, p.polname, p.polcmd, p.polpermissive,
                   (SELECT string_agg(u::regrole::text, ',' ORDER BY u::regrole::text) FROM unnest(p.polroles) u), pg_get_expr(p.polqual, p.polrelid),
                   pg_get_expr(p.polwithcheck, p.polrelid)
              FROM pg_policy p
            """,
            """
            SELECT 'statistics', s.stxname, regexp_replace(pg_get_statisticsobjdef(s.oid), ' ON [^()]* FROM ', ' FROM '), s.stxkind, (SELECT string_agg(a.attname, ',' ORDER BY a.attname) FROM pg_attribute a WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys::int2[])), nullif(s.stxstattarget, -1) FROM pg_statistic_ext s
            """,
            """
            SELECT 'sequence', s.seqrelid::regclass, s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmax, s.seqmin, s.seqcache,
                   s.seqcycle, (SELECT d.deptype::text || pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid) FROM pg_depend d
                     WHERE d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.deptype IN ('a', 'i')
                       AND d.refclassid = 'pg_class'::regclass)
              FROM pg_sequence s
            """,
            """
            SELECT 'type', t.typname, t.typtype, t.typbasetype::regtype, t.typtypmod, t.typnotnull, t.typdefault, t.typcollation::regcollation,
                   (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid),
                   (SELECT row(r.rngsubtype::regtype, r.rngcollation::regcollation, r.rngcanonical, r.rngsubdiff, r.rngmultitypid::regtype,
                           (SELECT o.opcname FROM pg_opclass o WHERE o.oid = r.rngsubopc))
                      FROM pg_range r WHERE r.rngtypid = t.oid)
              FROM pg_type t WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd', 'r', 'b') AND t.typcategory <> 'A'
            """,
            """
            SELECT 'cast', c.castsource::regtype, c.casttarget::regtype, c.castfunc::regprocedure, c.castcontext, c.castmethod
              FROM pg_cast c WHERE c.oid >= 16384
            """,
            """
            SELECT 'operator', o.oid::regoperator, o.oprcode, o.oprcom::regoperator, o.oprnegate::regoperator, o.oprrest, o.oprjoin,
                   o.oprcanmerge, o.oprcanhash FROM pg_operator o WHERE o.oprnamespace = 'public'::regnamespace
            """,
            """
            SELECT 'collation', c.collname, c.collprovider, c.collisdeterministic, c.collcollate, c.collctype
              FROM pg_collation c WHERE c.collnamespace = 'public'::regnamespace
            """,
            """
            SELECT 'publication', p.pubname, p.puballtables, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate, p.pubviaroot,
                   (SELECT string_agg(r.prrelid::regclass::text, ',' ORDER BY r.prrelid::regclass::text) FROM pg_publication_rel r
                     WHERE r.prpubid = p.oid)
              FROM pg_publication p
            """,
            """
            SELECT 'event trigger', e.evtname, e.evtevent, e.evtfoid::regproc, e.evtenabled, e.evttags FROM pg_event_trigger e
            """,
            """
            SELECT 'other', i.type, i.identity FROM (
                SELECT 'pg_foreign_data_wrapper'::regclass AS class, oid FROM pg_foreign_data_wrapper
                UNION ALL SELECT 'pg_foreign_server'::regclass, oid FROM pg_foreign_server
                UNION ALL SELECT 'pg_extension'::regclass, oid FROM pg_extension
                UNION ALL SELECT 'pg_opclass'::regclass, oid FROM pg_opclass WHERE oid >= 16384
                UNION ALL SELECT 'pg_opfamily'::regclass, oid FROM pg_opfamily WHERE oid >= 16384
                UNION ALL SELECT 'pg_ts_config'::regclass, oid FROM pg_ts_config WHERE oid >= 16384
                UNION ALL SELECT 'pg_ts_dict'::regclass, oid FROM pg_ts_dict WHERE oid >= 16384) o,
                LATERAL pg_identify_object(o.class, o.oid, 0) i
            """,
            """
            SELECT 'comment', i.type, i.identity, d.description FROM pg_description d,
                   LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i
             WHERE d.objoid >= 16384 AND d.classoid NOT IN ('pg_extension'::regclass, 'pg_namespace'::regclass)
            """);

    private static final List<String> PRIVILEGES = List.of(
            """
            SELECT 'owner', c.relname, c.relowner::regrole, a.grantee::regrole, a.privilege_type, a.is_grantable AND a.grantee <> c.relowner FROM pg_class c
              LEFT JOIN LATERAL aclexplode(coalesce(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner))) a ON true
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind NOT IN ('i', 'I', 'c')
            """,
            """
            SELECT 'owner', p.oid::regprocedure, p.proowner::regrole, a.* FROM pg_proc p
              LEFT JOIN LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a ON true
             WHERE p.pronamespace = 'public'::regnamespace
               AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype IN ('e', 'i'))
            """,
            """
            SELECT 'owner', t.typname, t.typowner::regrole, a.* FROM pg_type t
              LEFT JOIN LATERAL aclexplode(coalesce(t.typacl, acldefault('T', t.typowner))) a ON true
             WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd', 'r')
            """,
            """
            SELECT 'default privileges', d.defaclrole::regrole, d.defaclobjtype, a.*
              FROM pg_default_acl d, LATERAL aclexplode(d.defaclacl) a
            """);

    private SchemaCensus() {}

    public static String of(Connection connection) throws SQLException {
        return of(connection, false);
    }

    /** @param privileges whether owners and privileges are part of it */
    public static String of(Connection connection, boolean privileges) throws SQLException {
        List<String> queries = new ArrayList<>(QUERIES);
        if (privileges) {
            queries.addAll(PRIVILEGES);
        }
        StringBuilder text = new StringBuilder();
        try (java.sql.Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = public");
        }
        for (String query : queries) {
            for (List<String> row : Rows.of(connection, query)) {
                text.append(String.join(" | ", row).replace("\n", "\\n").replaceAll("(?: \\| (?:NULL|f))+$", ""))
                        .append('\n');
            }
        }
        return text.toString();
    }
}
