-- What stands on a thing that changes: views, policies, rules, triggers, indexes, publications, statistics.

-- PAIR a type under policies, rules, triggers, views, indexes, statistics, publications
-- OLD
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE log (n bigint);
CREATE TABLE t (id int PRIMARY KEY, n int, m int, s text, twice int GENERATED ALWAYS AS (m * 2) STORED);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON t FOR SELECT TO pair_reader USING (n > 5);
CREATE POLICY theirs ON t FOR INSERT TO pair_writer, pair_reader WITH CHECK (n < 5);
CREATE RULE logged AS ON DELETE TO t DO ALSO INSERT INTO log VALUES (OLD.n);
CREATE TRIGGER t_keep BEFORE UPDATE OF n ON t FOR EACH ROW WHEN (OLD.n IS DISTINCT FROM NEW.n) EXECUTE FUNCTION keep();
CREATE VIEW v AS SELECT id, n FROM t;
CREATE RULE v_ins AS ON INSERT TO v DO INSTEAD INSERT INTO t (id, n) VALUES (NEW.id, NEW.n);
CREATE VIEW w AS SELECT n + 1 AS more FROM v;
CREATE MATERIALIZED VIEW mv AS SELECT n, count(*) AS c FROM t GROUP BY n;
CREATE UNIQUE INDEX mv_n ON mv (n);
COMMENT ON VIEW v IS 'seen';
CREATE INDEX t_n ON t (n) WHERE n > 9;
CREATE INDEX t_expr ON t ((n + m));
CREATE STATISTICS t_stats (ndistinct) ON n, m FROM t;
CREATE PUBLICATION feed FOR TABLE t (id, n) WHERE (n > 3);
-- NEW
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE log (n bigint);
CREATE TABLE t (id int PRIMARY KEY, n bigint, m bigint, s text, twice int GENERATED ALWAYS AS (m * 2) STORED);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON t FOR SELECT TO pair_reader USING (n > 5);
CREATE POLICY theirs ON t FOR INSERT TO pair_writer, pair_reader WITH CHECK (n < 5);
CREATE RULE logged AS ON DELETE TO t DO ALSO INSERT INTO log VALUES (OLD.n);
CREATE TRIGGER t_keep BEFORE UPDATE OF n ON t FOR EACH ROW WHEN (OLD.n IS DISTINCT FROM NEW.n) EXECUTE FUNCTION keep();
CREATE VIEW v AS SELECT id, n FROM t;
CREATE RULE v_ins AS ON INSERT TO v DO INSTEAD INSERT INTO t (id, n) VALUES (NEW.id, NEW.n);
CREATE VIEW w AS SELECT n + 1 AS more FROM v;
CREATE MATERIALIZED VIEW mv AS SELECT n, count(*) AS c FROM t GROUP BY n;
CREATE UNIQUE INDEX mv_n ON mv (n);
COMMENT ON VIEW v IS 'seen';
CREATE INDEX t_n ON t (n) WHERE n > 9;
CREATE INDEX t_expr ON t ((n + m));
CREATE STATISTICS t_stats (ndistinct) ON n, m FROM t;
CREATE PUBLICATION feed FOR TABLE t (id, n) WHERE (n > 3);

-- PAIR policies in every respect
-- OLD
CREATE TABLE t (id int, owner name, kind text);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY a ON t USING (id > 0) WITH CHECK (id > 1);
CREATE POLICY b ON t FOR SELECT USING (true);
CREATE POLICY c ON t FOR ALL TO pair_reader USING (kind = 'x');
CREATE POLICY d ON t FOR UPDATE USING (id = 1) WITH CHECK (id = 2);
CREATE POLICY e ON t FOR INSERT WITH CHECK (id = 3);
CREATE POLICY gone ON t USING (false);
-- NEW
CREATE TABLE t (id int, owner name, kind text);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY a ON t WITH CHECK (id > 2);
CREATE POLICY b ON t AS RESTRICTIVE FOR SELECT USING (true);
CREATE POLICY c ON t FOR DELETE TO pair_writer, CURRENT_USER USING (kind = 'y');
CREATE POLICY d ON t FOR UPDATE USING (id = 1);
CREATE POLICY e ON t FOR INSERT WITH CHECK (id IN (SELECT 3));
CREATE POLICY "New One" ON t FOR SELECT USING (owner = CURRENT_USER AND EXISTS (SELECT FROM t x WHERE x.id = t.id));

-- PAIR columns under policies and views go, others come
-- OLD
CREATE TABLE t (id int, old_tenant text, n int);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (old_tenant = 'a');
CREATE VIEW v AS SELECT id, old_tenant AS tenant FROM t;
CREATE INDEX t_tenant ON t (old_tenant);
-- NEW
CREATE TABLE t (id int, new_tenant text, n int);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (new_tenant = 'a');
CREATE VIEW v AS SELECT id, new_tenant AS tenant FROM t;
CREATE INDEX t_tenant ON t (new_tenant);

-- PAIR a policy over another table, which goes with its function
-- OLD
CREATE TABLE members (who name);
CREATE FUNCTION may() RETURNS boolean LANGUAGE sql AS 'SELECT EXISTS (SELECT FROM members)';
CREATE TABLE t (id int);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (may() AND EXISTS (SELECT FROM members m WHERE m.who = CURRENT_USER));
-- NEW
CREATE TABLE t (id int);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;

-- PAIR views on views on views
-- OLD
CREATE TABLE t (a int, b int);
CREATE VIEW v1 AS SELECT a, b FROM t;
CREATE VIEW v2 AS SELECT a FROM v1;
CREATE MATERIALIZED VIEW v3 AS SELECT a FROM v2;
CREATE INDEX v3_a ON v3 (a);
CREATE VIEW v4 AS SELECT count(*) AS n FROM v3;
-- NEW
CREATE TABLE t (a int, b int);
CREATE VIEW v1 AS SELECT a, b, a + b AS c FROM t;
CREATE VIEW v2 AS SELECT a FROM v1 WHERE c > 0;
CREATE MATERIALIZED VIEW v3 AS SELECT a FROM v2;
CREATE INDEX v3_a ON v3 (a);
CREATE VIEW v4 AS SELECT count(*) AS n FROM v3;

-- PAIR a view becomes a materialized one and the reverse
-- OLD
CREATE TABLE t (a int);
CREATE VIEW v AS SELECT a FROM t;
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
CREATE INDEX m_a ON m (a);
CREATE VIEW over_both AS SELECT v.a FROM v JOIN m ON m.a = v.a;
-- NEW
CREATE TABLE t (a int);
CREATE MATERIALIZED VIEW v AS SELECT a FROM t;
CREATE VIEW m AS SELECT a FROM t;
CREATE VIEW over_both AS SELECT v.a FROM v JOIN m ON m.a = v.a;

-- PAIR view options, defaults and triggers
-- OLD
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE TRIGGER v_keep INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION keep();
-- NEW
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE t (a int, b int);
CREATE VIEW v WITH (security_barrier = true) AS SELECT a, b FROM t WHERE a > 0 WITH LOCAL CHECK OPTION;
ALTER VIEW v ALTER a SET DEFAULT 5;

-- PAIR a recursive view, window functions, set operations
-- NEW
CREATE TABLE nodes (id int PRIMARY KEY, parent int, v numeric);
CREATE RECURSIVE VIEW tree (id, depth) AS SELECT id, 0 FROM nodes WHERE parent IS NULL UNION ALL SELECT n.id, t.depth + 1 FROM nodes n JOIN tree t ON t.id = n.parent;
CREATE VIEW ranked AS SELECT id, rank() OVER (PARTITION BY parent ORDER BY v DESC) AS place FROM nodes;
CREATE VIEW all_of AS SELECT id FROM nodes EXCEPT SELECT id FROM tree ORDER BY 1;

-- PAIR triggers
-- OLD
CREATE FUNCTION one() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE t (a int, b int);
CREATE TRIGGER t1 BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION one();
CREATE TRIGGER t2 AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION one('x');
ALTER TABLE t DISABLE TRIGGER t2;
-- NEW
CREATE FUNCTION two() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TABLE t (a int, b int);
CREATE TRIGGER t1 BEFORE INSERT OR DELETE ON t FOR EACH ROW EXECUTE FUNCTION two();
CREATE CONSTRAINT TRIGGER t2 AFTER UPDATE ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.a > OLD.a) EXECUTE FUNCTION two('it''s');
CREATE TRIGGER t3 AFTER INSERT ON t REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION two();
CREATE TRIGGER t4 BEFORE TRUNCATE ON t EXECUTE FUNCTION two();
ALTER TABLE t ENABLE ALWAYS TRIGGER t1;

-- PAIR rules
-- OLD
CREATE TABLE t (a int);
CREATE TABLE l (a int);
CREATE RULE r1 AS ON INSERT TO t DO ALSO INSERT INTO l VALUES (NEW.a);
CREATE RULE r2 AS ON DELETE TO t DO INSTEAD NOTHING;
-- NEW
CREATE TABLE t (a bigint);
CREATE TABLE l (a bigint, b text);
CREATE RULE r1 AS ON INSERT TO t WHERE NEW.a > 5 DO ALSO INSERT INTO l VALUES (NEW.a, 'x');

-- PAIR indexes in every respect
-- OLD
CREATE TABLE t (a int, b text, c int[], d point);
CREATE INDEX i1 ON t (a);
CREATE INDEX i2 ON t (b text_pattern_ops);
CREATE UNIQUE INDEX i3 ON t (a, b);
CREATE INDEX i4 ON t USING gin (c);
-- NEW
CREATE TABLE t (a int, b text, c int[], d point);
CREATE INDEX i1 ON t (a DESC NULLS LAST) INCLUDE (b) WITH (fillfactor = 70);
CREATE INDEX i2 ON t (lower(b) COLLATE "C" varchar_pattern_ops) WHERE a IS NOT NULL;
CREATE UNIQUE INDEX i3 ON t (a, b) NULLS NOT DISTINCT;
CREATE INDEX i4 ON t USING gin (c) WITH (fastupdate = off);
CREATE INDEX i5 ON t USING gist (d);
ALTER TABLE t CLUSTER ON i1;
ALTER INDEX i2 ALTER COLUMN 1 SET STATISTICS 300;

-- PAIR replica identity by an index that is made anew
-- OLD
CREATE TABLE t (a int NOT NULL, b int NOT NULL);
CREATE UNIQUE INDEX t_ab ON t (a);
ALTER TABLE t REPLICA IDENTITY USING INDEX t_ab;
ALTER TABLE t CLUSTER ON t_ab;
-- NEW
CREATE TABLE t (a int NOT NULL, b int NOT NULL);
CREATE UNIQUE INDEX t_ab ON t (a, b);
ALTER TABLE t REPLICA IDENTITY USING INDEX t_ab;
ALTER TABLE t CLUSTER ON t_ab;

-- PAIR exclusion constraints and statistics of expressions
-- OLD
CREATE TABLE t (a int4range, b int);
-- NEW
CREATE TABLE t (a int4range, b int, EXCLUDE USING gist (a WITH &&) WHERE (b > 0));
CREATE STATISTICS s1 ON b, (b % 7) FROM t;
ALTER STATISTICS s1 SET STATISTICS 77;

-- PAIR publications
-- OLD
CREATE TABLE a (id int PRIMARY KEY, n int);
CREATE TABLE b (id int PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE a, b;
-- NEW
CREATE TABLE a (id int PRIMARY KEY, n int);
CREATE TABLE c (id int PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE a (id), c WITH (publish = 'insert');

-- PAIR a table that everything stands on goes
-- OLD
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE base (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n serial, k text UNIQUE);
CREATE TABLE child (b int REFERENCES base (id), k text REFERENCES base (k));
CREATE VIEW v AS SELECT id, k FROM base;
CREATE FUNCTION base_row() RETURNS SETOF base LANGUAGE sql AS 'SELECT * FROM base';
CREATE TRIGGER base_keep BEFORE INSERT ON base FOR EACH ROW EXECUTE FUNCTION keep();
CREATE POLICY p ON base USING (n > 1);
CREATE RULE r AS ON DELETE TO base DO INSTEAD NOTHING;
CREATE STATISTICS st ON n, k FROM base;
COMMENT ON CONSTRAINT base_k_key ON base IS 'key';
CREATE PUBLICATION pub FOR TABLE base, child;
-- NEW
CREATE TABLE child (b int, k text);
CREATE PUBLICATION pub FOR TABLE child;

-- PAIR what belongs to views that are made again for an enum
-- BOTH
CREATE TABLE log (n int);
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
-- OLD
CREATE TYPE mood AS ENUM ('sad', 'ok', 'gone');
CREATE TABLE t (id int, m mood DEFAULT 'ok', n int);
CREATE VIEW v AS SELECT id, m FROM t;
COMMENT ON VIEW v IS 'seen';
COMMENT ON COLUMN v.m IS 'mood of v';
ALTER VIEW v ALTER id SET DEFAULT 7;
CREATE TRIGGER v_keep INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION keep();
COMMENT ON TRIGGER v_keep ON v IS 'kept';
CREATE RULE v_rule AS ON DELETE TO v DO INSTEAD NOTHING;
CREATE MATERIALIZED VIEW mv WITH (fillfactor = 70) AS SELECT id, m FROM t;
COMMENT ON MATERIALIZED VIEW mv IS 'kept';
COMMENT ON COLUMN mv.m IS 'mood of mv';
COMMENT ON COLUMN mv.id IS 'id of mv';
CREATE UNIQUE INDEX mv_id ON mv (id);
COMMENT ON INDEX mv_id IS 'unique';
ALTER MATERIALIZED VIEW mv ALTER m SET STATISTICS 17;
ALTER MATERIALIZED VIEW mv CLUSTER ON mv_id;
CREATE STATISTICS mv_s ON id, m FROM mv;
CREATE VIEW no_column AS SELECT 'ok'::mood AS m, id FROM t;
ALTER TABLE t ADD CHECK ('ok'::mood > 'sad'::mood OR id > 0);
CREATE INDEX t_some ON t (id) WHERE 'sad'::mood <> 'ok'::mood;
CREATE VIEW over AS SELECT m FROM mv;
COMMENT ON COLUMN over.m IS 'mood of over';
-- NEW
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (id int, m mood DEFAULT 'ok', n int);
CREATE VIEW v AS SELECT id, m FROM t;
COMMENT ON VIEW v IS 'seen';
COMMENT ON COLUMN v.m IS 'mood of v';
ALTER VIEW v ALTER id SET DEFAULT 7;
CREATE TRIGGER v_keep INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION keep();
COMMENT ON TRIGGER v_keep ON v IS 'kept';
CREATE RULE v_rule AS ON DELETE TO v DO INSTEAD NOTHING;
CREATE MATERIALIZED VIEW mv WITH (fillfactor = 70) AS SELECT id, m FROM t;
COMMENT ON MATERIALIZED VIEW mv IS 'kept';
COMMENT ON COLUMN mv.m IS 'mood of mv';
COMMENT ON COLUMN mv.id IS 'id of mv';
CREATE UNIQUE INDEX mv_id ON mv (id);
COMMENT ON INDEX mv_id IS 'unique';
ALTER MATERIALIZED VIEW mv ALTER m SET STATISTICS 17;
ALTER MATERIALIZED VIEW mv CLUSTER ON mv_id;
CREATE STATISTICS mv_s ON id, m FROM mv;
CREATE VIEW no_column AS SELECT 'ok'::mood AS m, id FROM t;
ALTER TABLE t ADD CHECK ('ok'::mood > 'sad'::mood OR id > 0);
CREATE INDEX t_some ON t (id) WHERE 'sad'::mood <> 'ok'::mood;
CREATE VIEW over AS SELECT m FROM mv;
COMMENT ON COLUMN over.m IS 'mood of over';

-- PAIR a foreign table holds an enum that loses a value
-- BOTH
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
-- OLD
CREATE TYPE mood AS ENUM ('sad', 'ok', 'gone');
CREATE FOREIGN TABLE f (id int, m mood DEFAULT 'sad') SERVER s;
-- NEW
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE FOREIGN TABLE f (id int, m mood DEFAULT 'sad') SERVER s;
-- LEFT
enum mood

-- PAIR what belongs to a materialized view that waits for a person
-- OLD
CREATE TABLE t (id int, a bigint);
CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
CREATE MATERIALIZED VIEW mv AS SELECT id, a FROM t;
COMMENT ON MATERIALIZED VIEW mv IS 'kept';
COMMENT ON COLUMN mv.a IS 'a';
CREATE UNIQUE INDEX mv_id ON mv (id);
CREATE INDEX mv_twice ON mv (twice(id));
COMMENT ON INDEX mv_id IS 'unique';
ALTER MATERIALIZED VIEW mv CLUSTER ON mv_id;
CREATE STATISTICS mv_s ON id, a FROM mv;
CREATE VIEW over AS SELECT id FROM mv;
COMMENT ON COLUMN over.id IS 'id';
GRANT SELECT ON mv TO pair_reader;
GRANT SELECT (id) ON mv TO pair_writer;
-- NEW
CREATE TABLE t (id int, a timestamp);
CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
CREATE MATERIALIZED VIEW mv AS SELECT id, a FROM t;
COMMENT ON MATERIALIZED VIEW mv IS 'kept';
COMMENT ON COLUMN mv.a IS 'a';
CREATE UNIQUE INDEX mv_id ON mv (id);
CREATE INDEX mv_twice ON mv (twice(id));
COMMENT ON INDEX mv_id IS 'unique';
ALTER MATERIALIZED VIEW mv CLUSTER ON mv_id;
CREATE STATISTICS mv_s ON id, a FROM mv;
CREATE VIEW over AS SELECT id FROM mv;
COMMENT ON COLUMN over.id IS 'id';
GRANT SELECT ON mv TO pair_reader;
GRANT SELECT (id) ON mv TO pair_writer;
-- LEFT
column t.a
materialized view mv
-- LEFT BACK
column t.a
materialized view mv

-- PAIR what belongs to a materialized view of another query that waits for a person
-- OLD
CREATE TABLE t (id int, a bigint);
CREATE MATERIALIZED VIEW mv AS SELECT id, a FROM t;
COMMENT ON MATERIALIZED VIEW mv IS 'kept';
COMMENT ON COLUMN mv.a IS 'a';
CREATE UNIQUE INDEX mv_id ON mv (id);
COMMENT ON INDEX mv_id IS 'unique';
ALTER MATERIALIZED VIEW mv CLUSTER ON mv_id;
CREATE STATISTICS mv_s ON id, a FROM mv;
CREATE VIEW over AS SELECT id FROM mv;
COMMENT ON COLUMN over.id IS 'id';
GRANT SELECT (id) ON mv TO pair_writer;
-- NEW
CREATE TABLE t (id int, a timestamp);
CREATE MATERIALIZED VIEW mv AS SELECT id, a, 1 AS more FROM t;
COMMENT ON MATERIALIZED VIEW mv IS 'kept';
COMMENT ON COLUMN mv.a IS 'a';
COMMENT ON COLUMN mv.more IS 'more';
CREATE UNIQUE INDEX mv_id ON mv (id);
CREATE INDEX mv_more ON mv (more);
COMMENT ON INDEX mv_id IS 'unique';
ALTER MATERIALIZED VIEW mv CLUSTER ON mv_id;
CREATE STATISTICS mv_s ON id, a FROM mv;
CREATE VIEW over AS SELECT id FROM mv;
COMMENT ON COLUMN over.id IS 'id';
GRANT SELECT (id) ON mv TO pair_writer;
-- LEFT
column mv.more
column t.a
index mv_more on mv
materialized view mv
-- LEFT BACK
column mv.more
column t.a
index mv_more on mv
materialized view mv

-- PAIR a view takes the name of a table that may have been renamed
-- OLD
CREATE TABLE orders (id int PRIMARY KEY, note text);
CREATE INDEX orders_note ON orders (note);
CREATE VIEW notes AS SELECT id, note FROM orders;
-- NEW
CREATE TABLE all_orders (id int PRIMARY KEY, note text);
CREATE INDEX all_orders_note ON all_orders (note);
CREATE MATERIALIZED VIEW orders AS SELECT id, note FROM all_orders;
CREATE INDEX orders_id ON orders (id);
CREATE VIEW notes AS SELECT id, note FROM orders;
-- LEFT
index orders_id on orders

-- PAIR indexes take the names of those of tables and views that go
-- OLD
CREATE TABLE a (x int, y int);
CREATE INDEX by_x ON a (x);
CREATE MATERIALIZED VIEW m AS SELECT 1 AS one;
CREATE INDEX by_one ON m (one);
CREATE TABLE stays (k text);
-- NEW
CREATE TABLE b (p int, q int);
CREATE INDEX by_x ON b (p);
CREATE TABLE stays (k text);
CREATE INDEX by_one ON stays (k);

-- PAIR a comment on the schema that initdb has a comment for
-- OLD
COMMENT ON SCHEMA public IS 'all of it';
-- NEW
CREATE TABLE t (a int);

-- PAIR the comment that initdb gave goes
-- NEW
COMMENT ON SCHEMA public IS '50% of it''s';

-- PAIR collations of columns of foreign tables under views
-- BOTH
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
-- OLD
CREATE FOREIGN TABLE f (a int, b text) SERVER s;
CREATE FOREIGN TABLE g (a int, b text COLLATE "C", c text) SERVER s;
ALTER FOREIGN TABLE g ALTER c SET STATISTICS 5;
CREATE FOREIGN TABLE h (a int, b text COLLATE "C") SERVER s;
ALTER FOREIGN TABLE h ALTER b SET STATISTICS 6;
CREATE VIEW w AS SELECT b FROM g;
CREATE VIEW x AS SELECT b FROM h;
-- NEW
CREATE FOREIGN TABLE f (a int, b text COLLATE "C") SERVER s;
CREATE FOREIGN TABLE g (a int, b text COLLATE "POSIX", c text COLLATE "C") SERVER s;
ALTER FOREIGN TABLE g ALTER c SET STATISTICS 5;
CREATE FOREIGN TABLE h (a int, b text) SERVER s;
ALTER FOREIGN TABLE h ALTER b SET STATISTICS 6;
CREATE VIEW v AS SELECT * FROM f;
CREATE VIEW w AS SELECT b FROM g;
CREATE VIEW x AS SELECT b FROM h;

-- PAIR columns hold rows of a foreign table
-- BOTH
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
-- OLD
CREATE FOREIGN TABLE f (a int, b text) SERVER s;
CREATE FOREIGN TABLE g (a int, b text) SERVER s;
CREATE TABLE t (x f, y g);
-- NEW
CREATE FOREIGN TABLE f (a bigint, b text) SERVER s;
CREATE FOREIGN TABLE g (a int, b text COLLATE "C", c int) SERVER s;
CREATE TABLE t (x f, y g);
-- LEFT
column g.b
foreign table f
-- LEFT BACK
column g.b
foreign table f
foreign table g

-- PAIR what names the other schema of an extension that a person has to move
-- WORLD
CREATE SCHEMA ext;
-- OLD
CREATE EXTENSION hstore;
CREATE TABLE t (a int);
CREATE TABLE u (a hstore, b int);
CREATE FUNCTION g(hstore) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- NEW
CREATE EXTENSION hstore SCHEMA ext;
CREATE FUNCTION f() RETURNS ext.hstore LANGUAGE sql AS 'SELECT NULL::ext.hstore';
CREATE TABLE t (a bigint, b ext.hstore);
CREATE TABLE u (a ext.hstore, b bigint);
CREATE TABLE n (a ext.hstore);
CREATE VIEW v AS SELECT a FROM u;
CREATE FUNCTION g(ext.hstore) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- LEFT
column t.b
column u.a
extension hstore
function f()
function g(ext.hstore)
function g(hstore)
table n
view v
-- LEFT BACK
column t.b
column u.a
extension hstore
function f()
function g(ext.hstore)
function g(hstore)
table n
