-- One statement a line for every way to take a single thing away from schema public.

SELECT format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', conrelid::regclass, conname) AS damage
  FROM pg_constraint
 WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f', 'c') AND conrelid <> 0
 UNION ALL
SELECT format('DROP INDEX %s', indexrelid::regclass)
  FROM pg_index i
  JOIN pg_class c ON c.oid = i.indexrelid
 WHERE c.relnamespace = 'public'::regnamespace
   AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u'))
 UNION ALL
SELECT format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass)
  FROM pg_trigger
 WHERE NOT tgisinternal
 UNION ALL
SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname)
  FROM pg_trigger
 WHERE NOT tgisinternal
 UNION ALL
SELECT format('DROP FUNCTION %s CASCADE', p.oid::regprocedure)
  FROM pg_proc p
 WHERE p.pronamespace = 'public'::regnamespace
   AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e')
 UNION ALL
SELECT format('DROP %s %s CASCADE', CASE relkind WHEN 'r' THEN 'TABLE' WHEN 'v' THEN 'VIEW' ELSE 'SEQUENCE' END,
              oid::regclass)
  FROM pg_class
 WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'S')
 UNION ALL
SELECT format('ALTER TABLE %s %s', attrelid::regclass, change)
  FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid
 CROSS JOIN LATERAL (VALUES
       (format('DROP COLUMN %I CASCADE', attname), true),
       (format('RENAME COLUMN %I TO renamed', attname), true),
       (format('ALTER COLUMN %I DROP DEFAULT', attname), atthasdef),
       (format('ALTER COLUMN %I SET NOT NULL', attname), NOT attnotnull),
       (format('ALTER COLUMN %I DROP NOT NULL', attname), attnotnull AND NOT EXISTS (
               SELECT FROM pg_index WHERE indrelid = attrelid AND indisprimary AND attnum = ANY (indkey)))
       ) AS damage (change, possible)
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND attnum > 0 AND possible
 ORDER BY damage;
