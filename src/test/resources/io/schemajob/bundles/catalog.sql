-- Everything a bundle can make in schema public, one line an object, without what belongs to an extension. Written
-- apart from the product's own reading of the catalog, so that one does not hide the other's gaps.

WITH extension_member AS (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), relation AS (
    SELECT c.*
      FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace
       AND ('pg_class'::regclass, c.oid) NOT IN (SELECT classid, objid FROM extension_member)
)
SELECT format('relation %s %s', relkind, relname) AS line
  FROM relation
 UNION ALL
SELECT format('comment on %s %s: %s', r.relname, d.objsubid, d.description)
  FROM pg_description d
  JOIN relation r ON r.oid = d.objoid AND d.classoid = 'pg_class'::regclass
 UNION ALL
SELECT format('column %s.%s %s %s not null %s default %s', r.relname, a.attname, a.attnum,
              format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid))
  FROM relation r
  JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
 WHERE r.relkind IN ('r', 'v', 'S')
 UNION ALL
SELECT format('constraint %s.%s %s valid %s', r.relname, c.conname, pg_get_constraintdef(c.oid), c.convalidated)
  FROM relation r
  JOIN pg_constraint c ON c.conrelid = r.oid
 UNION ALL
SELECT format('index %s valid %s', pg_get_indexdef(i.indexrelid), i.indisvalid)
  FROM relation r
  JOIN pg_index i ON i.indrelid = r.oid
 UNION ALL
SELECT format('view %s %s', relname, pg_get_viewdef(oid))
  FROM relation
 WHERE relkind = 'v'
 UNION ALL
SELECT format('trigger %s enabled %s', pg_get_triggerdef(t.oid), t.tgenabled)
  FROM relation r
  JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
 UNION ALL
SELECT format('routine %s', pg_get_functiondef(p.oid))
  FROM pg_proc p
 WHERE p.pronamespace = 'public'::regnamespace
   AND p.prokind IN ('f', 'p')
   AND ('pg_proc'::regclass, p.oid) NOT IN (SELECT classid, objid FROM extension_member)
 UNION ALL
SELECT format('type %s', t.typname)
  FROM pg_type t
 WHERE t.typnamespace = 'public'::regnamespace
   AND t.typelem = 0
   AND ('pg_type'::regclass, t.oid) NOT IN (SELECT classid, objid FROM extension_member)
 ORDER BY line;
