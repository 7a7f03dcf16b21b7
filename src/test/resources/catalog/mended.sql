-- Damages whose mending must not lose what the declaration does not tell. Sections: see MendedSchemaIT.

-- CASE options of a server with a password in a user mapping
-- MADE
CREATE FOREIGN DATA WRAPPER nothing OPTIONS (debug 'on');
CREATE SERVER elsewhere TYPE 'files' VERSION '1' FOREIGN DATA WRAPPER nothing OPTIONS (folder 'a', more 'x', password 'own');
CREATE USER MAPPING FOR PUBLIC SERVER elsewhere OPTIONS (password 'secret');
GRANT USAGE ON FOREIGN SERVER elsewhere TO pair_reader;
ALTER SERVER elsewhere OWNER TO pair_writer;
CREATE FOREIGN TABLE remote (id int OPTIONS (place 'a') NOT NULL, name text DEFAULT 'x') SERVER elsewhere OPTIONS (file 'f');
GRANT SELECT ON remote TO pair_reader;
-- DAMAGE
ALTER SERVER elsewhere VERSION '2' OPTIONS (SET folder 'b', DROP more, ADD further 'it''s');
ALTER FOREIGN DATA WRAPPER nothing OPTIONS (DROP debug, ADD "Other" 'x');

-- CASE a version that a server had not
-- MADE
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER nothing;
CREATE USER MAPPING FOR PUBLIC SERVER elsewhere OPTIONS (password 'secret');
-- DAMAGE
ALTER SERVER elsewhere VERSION '2' OPTIONS (ADD folder 'b');

-- CASE another type of a server
-- MADE
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER elsewhere TYPE 'a' FOREIGN DATA WRAPPER nothing;
CREATE USER MAPPING FOR PUBLIC SERVER elsewhere OPTIONS (password 'secret');
-- DAMAGE
DROP SERVER elsewhere CASCADE;
CREATE SERVER elsewhere TYPE 'b' FOREIGN DATA WRAPPER nothing;
CREATE USER MAPPING FOR PUBLIC SERVER elsewhere OPTIONS (password 'other');
-- LEFT
server elsewhere

-- CASE a handler that is a function of the schema
-- MADE
CREATE FUNCTION check_options(text[], oid) RETURNS void LANGUAGE internal AS 'postgresql_fdw_validator';
CREATE FOREIGN DATA WRAPPER nothing VALIDATOR check_options;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER nothing OPTIONS (host 'h');
CREATE USER MAPPING FOR PUBLIC SERVER elsewhere OPTIONS (password 'secret');
-- DAMAGE
ALTER FOREIGN DATA WRAPPER nothing NO VALIDATOR;
DROP FUNCTION check_options(text[], oid);
CREATE FUNCTION check_options(one text[], two oid) RETURNS void LANGUAGE internal AS 'postgresql_fdw_validator';
ALTER FOREIGN DATA WRAPPER nothing VALIDATOR check_options;

-- CASE columns, checks and options of a foreign table with a trigger and a view
-- MADE
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER nothing;
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FOREIGN TABLE remote (id int OPTIONS (place 'a') NOT NULL, "Na me" varchar(10) OPTIONS ("K" 'it''s \ (', b 'DEFAULT ') DEFAULT 'x, (y',
    n numeric(10,2), CONSTRAINT "id, small" CHECK (id < 9)) SERVER elsewhere OPTIONS (file 'f', kind 'csv');
CREATE TRIGGER seen BEFORE INSERT ON remote FOR EACH ROW EXECUTE FUNCTION keep();
CREATE VIEW near AS SELECT id, "Na me" FROM remote;
GRANT SELECT ON near TO pair_reader;
GRANT SELECT ON remote TO pair_reader;
GRANT UPDATE (id) ON remote TO pair_reader;
ALTER FOREIGN TABLE remote OWNER TO pair_writer;
COMMENT ON FOREIGN TABLE remote IS 'far';
-- DAMAGE
ALTER FOREIGN TABLE remote DROP CONSTRAINT "id, small";
ALTER FOREIGN TABLE remote ADD CONSTRAINT other CHECK (id < 8);
ALTER FOREIGN TABLE remote OPTIONS (SET file 'g', DROP kind, ADD more '\');
ALTER FOREIGN TABLE remote ALTER id OPTIONS (SET place 'b', ADD "K" 'x'), ALTER id DROP NOT NULL, ALTER n SET DEFAULT 7;
ALTER FOREIGN TABLE remote ALTER "Na me" DROP DEFAULT, ALTER "Na me" OPTIONS (DROP b);
DROP VIEW near;
ALTER FOREIGN TABLE remote ALTER "Na me" TYPE text, ADD z int;
CREATE VIEW near AS SELECT id, "Na me" FROM remote;
GRANT SELECT ON near TO pair_reader;

-- CASE another server of a foreign table
-- MADE
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER one FOREIGN DATA WRAPPER nothing;
CREATE SERVER two FOREIGN DATA WRAPPER nothing;
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FOREIGN TABLE remote (id int) SERVER one;
CREATE TRIGGER seen BEFORE INSERT ON remote FOR EACH ROW EXECUTE FUNCTION keep();
-- DAMAGE
DROP FOREIGN TABLE remote;
CREATE FOREIGN TABLE remote (id int) SERVER two;
CREATE TRIGGER seen BEFORE INSERT ON remote FOR EACH ROW EXECUTE FUNCTION keep();
-- LEFT
foreign table remote

-- CASE a publication in every respect
-- MADE
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY);
CREATE TABLE c (id int PRIMARY KEY, n int);
CREATE PUBLICATION feed FOR TABLE a, b WITH (publish = 'insert, update');
CREATE PUBLICATION none;
CREATE PUBLICATION usual FOR TABLE c;
ALTER PUBLICATION feed OWNER TO pair_writer;
COMMENT ON PUBLICATION feed IS 'out';
-- DAMAGE
ALTER PUBLICATION feed SET TABLE b, c;
ALTER PUBLICATION feed SET (publish = 'insert', publish_via_partition_root = true);
ALTER PUBLICATION usual SET (publish = '');
ALTER PUBLICATION usual DROP TABLE c;
ALTER PUBLICATION usual ADD TABLE a;
-- ASKED
SELECT oid IS NOT NULL, pubname FROM pg_publication ORDER BY 2

-- CASE publications of nothing go and come with their owners
-- DECLARED
-- MADE
CREATE SCHEMA other;
CREATE TABLE other.t (id int PRIMARY KEY);
CREATE TABLE t (id int PRIMARY KEY);
CREATE PUBLICATION gone;
CREATE PUBLICATION filled WITH (publish = 'insert');
CREATE PUBLICATION moved;
CREATE PUBLICATION emptied FOR TABLE t;
CREATE PUBLICATION theirs FOR TABLE other.t;
ALTER PUBLICATION gone OWNER TO pair_writer;
ALTER PUBLICATION theirs OWNER TO pair_writer;
COMMENT ON PUBLICATION gone IS 'not yet';
-- DAMAGE
DROP PUBLICATION gone;
ALTER PUBLICATION filled ADD TABLE t;
ALTER PUBLICATION moved ADD TABLE other.t;
ALTER PUBLICATION emptied DROP TABLE t;

-- CASE a publication of rows and columns around another type
-- SINCE 15
-- MADE
CREATE TABLE t (id int PRIMARY KEY, n int);
CREATE PUBLICATION feed FOR TABLE t WHERE (n > 3), TABLES IN SCHEMA public;
CREATE PUBLICATION two FOR TABLE t WHERE (n > 4);
ALTER PUBLICATION two OWNER TO pair_writer;
-- DAMAGE
DROP PUBLICATION feed;
DROP PUBLICATION two;
ALTER TABLE t ALTER n TYPE bigint;
CREATE PUBLICATION feed FOR TABLES IN SCHEMA public;
CREATE PUBLICATION two FOR TABLE t (id);
ALTER PUBLICATION two OWNER TO pair_writer;

-- CASE all tables or some
-- MADE
CREATE TABLE t (id int PRIMARY KEY);
CREATE PUBLICATION feed FOR TABLE t;
-- DAMAGE
DROP PUBLICATION feed;
CREATE PUBLICATION feed FOR ALL TABLES;
-- LEFT
publication feed

-- CASE defaults of a function's arguments, with what stands on it
-- MADE
CREATE FUNCTION calc(n integer, m integer DEFAULT 2) RETURNS integer LANGUAGE sql IMMUTABLE COST 7 AS 'SELECT n + m';
REVOKE EXECUTE ON FUNCTION calc FROM PUBLIC;
GRANT EXECUTE ON FUNCTION calc TO pair_reader;
ALTER FUNCTION calc OWNER TO pair_writer;
COMMENT ON FUNCTION calc IS 'sum';
CREATE TABLE t (id int, d int DEFAULT calc(1));
CREATE VIEW v AS SELECT calc(id) AS c FROM t;
GRANT SELECT ON v TO pair_reader;
-- DAMAGE
CREATE OR REPLACE FUNCTION calc(n integer, m integer DEFAULT 3) RETURNS integer LANGUAGE sql IMMUTABLE COST 7 AS 'SELECT n + m';

-- CASE a default of an argument that was taken away
-- MADE
CREATE FUNCTION calc(n integer, m integer DEFAULT 2) RETURNS integer LANGUAGE sql IMMUTABLE COST 7 AS 'SELECT n + m';
REVOKE EXECUTE ON FUNCTION calc FROM PUBLIC;
GRANT EXECUTE ON FUNCTION calc TO pair_reader;
ALTER FUNCTION calc OWNER TO pair_writer;
COMMENT ON FUNCTION calc IS 'sum';
CREATE TABLE t (id int, d int DEFAULT calc(1, 2));
CREATE VIEW v AS SELECT calc(id, 2) AS c FROM t;
GRANT SELECT (c) ON v TO pair_reader;
ALTER VIEW v OWNER TO pair_writer;
-- DAMAGE
DROP VIEW v;
ALTER TABLE t ALTER d DROP DEFAULT;
DROP FUNCTION calc;
CREATE FUNCTION calc(n integer, m integer) RETURNS integer LANGUAGE sql IMMUTABLE COST 7 AS 'SELECT n + m';
REVOKE EXECUTE ON FUNCTION calc FROM PUBLIC;
GRANT EXECUTE ON FUNCTION calc TO pair_reader;
ALTER FUNCTION calc OWNER TO pair_writer;
COMMENT ON FUNCTION calc IS 'sum';
ALTER TABLE t ALTER d SET DEFAULT calc(1, 2);
CREATE VIEW v AS SELECT calc(id, 2) AS c FROM t;
GRANT SELECT (c) ON v TO pair_reader;
ALTER VIEW v OWNER TO pair_writer;

-- CASE a default of an argument that nobody declared, and another result
-- MADE
CREATE FUNCTION calc(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT n';
REVOKE EXECUTE ON FUNCTION calc FROM PUBLIC;
GRANT EXECUTE ON FUNCTION calc TO pair_reader WITH GRANT OPTION;
CREATE FUNCTION other(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT n';
ALTER FUNCTION other OWNER TO pair_writer;
REVOKE EXECUTE ON FUNCTION other FROM PUBLIC;
CREATE PROCEDURE work(n integer) LANGUAGE sql AS 'SELECT n';
REVOKE EXECUTE ON PROCEDURE work FROM PUBLIC;
-- DAMAGE
CREATE OR REPLACE FUNCTION calc(n integer DEFAULT 1) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT n';
DROP FUNCTION other;
CREATE FUNCTION other(n integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT n::bigint';
ALTER FUNCTION other OWNER TO pair_writer;
REVOKE EXECUTE ON FUNCTION other FROM PUBLIC;
CREATE OR REPLACE PROCEDURE work(n integer DEFAULT 7) LANGUAGE sql AS 'SELECT n';

-- CASE views over a column of another type
-- MADE
CREATE TABLE t (id int, n int);
CREATE VIEW v AS SELECT id, n FROM t;
CREATE VIEW w AS SELECT n FROM v;
CREATE MATERIALIZED VIEW m AS SELECT n FROM t;
GRANT SELECT ON v TO pair_reader;
GRANT UPDATE (n) ON v TO pair_reader;
GRANT SELECT ON w TO PUBLIC;
GRANT SELECT ON m TO pair_writer;
ALTER VIEW v OWNER TO pair_writer;
ALTER MATERIALIZED VIEW m OWNER TO pair_writer;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO pair_writer;
CREATE VIEW z AS SELECT n + 1 AS n FROM t;
REVOKE ALL ON z FROM pair_writer;
-- DAMAGE
DROP MATERIALIZED VIEW m;
DROP VIEW v, w, z;
ALTER TABLE t ALTER n TYPE bigint;
CREATE VIEW v AS SELECT id, n FROM t;
CREATE VIEW w AS SELECT n FROM v;
CREATE VIEW z AS SELECT n + 1 AS n FROM t;
CREATE MATERIALIZED VIEW m AS SELECT n FROM t;
REVOKE ALL ON v, w, m, z FROM pair_writer;
GRANT SELECT ON v TO pair_reader;
GRANT UPDATE (n) ON v TO pair_reader;
GRANT SELECT ON w TO PUBLIC;
GRANT SELECT ON m TO pair_writer;
ALTER VIEW v OWNER TO pair_writer;
ALTER MATERIALIZED VIEW m OWNER TO pair_writer;

-- CASE a view that became a materialized one
-- MADE
CREATE TABLE t (id int, n int);
CREATE VIEW v AS SELECT id, n FROM t;
GRANT SELECT ON v TO pair_reader;
GRANT SELECT (n) ON v TO pair_writer;
-- DAMAGE
DROP VIEW v;
CREATE MATERIALIZED VIEW v AS SELECT id, n FROM t;
GRANT SELECT ON v TO pair_reader;
GRANT SELECT (n) ON v TO pair_writer;

-- CASE values of an enum
-- MADE
CREATE TYPE mood AS ENUM ('a', 'b');
GRANT USAGE ON TYPE mood TO pair_reader;
REVOKE USAGE ON TYPE mood FROM PUBLIC;
ALTER TYPE mood OWNER TO pair_writer;
COMMENT ON TYPE mood IS 'how';
CREATE TABLE t (id int, m mood DEFAULT 'a');
CREATE VIEW v AS SELECT m FROM t;
GRANT SELECT ON v TO pair_reader;
GRANT SELECT (m) ON t TO pair_reader;
INSERT INTO t VALUES (1, 'b');
-- DAMAGE
ALTER TYPE mood ADD VALUE 'c';

-- CASE values of an enum with declared privileges
-- DECLARED
-- MADE
CREATE TYPE mood AS ENUM ('a', 'b');
GRANT USAGE ON TYPE mood TO pair_reader;
REVOKE USAGE ON TYPE mood FROM PUBLIC;
ALTER TYPE mood OWNER TO pair_writer;
CREATE TABLE t (id int, m mood DEFAULT 'a');
CREATE VIEW v AS SELECT m FROM t;
GRANT SELECT ON v TO pair_reader;
-- DAMAGE
ALTER TYPE mood ADD VALUE 'c';
GRANT USAGE ON TYPE mood TO PUBLIC;

-- CASE an enum that lost a value
-- MADE
CREATE TYPE mood AS ENUM ('a', 'b', 'c');
GRANT USAGE ON TYPE mood TO pair_reader;
REVOKE USAGE ON TYPE mood FROM PUBLIC;
CREATE TABLE t (id int, m mood DEFAULT 'a');
-- DAMAGE
ALTER TABLE t DROP m;
DROP TYPE mood;
CREATE TYPE mood AS ENUM ('a', 'c');
GRANT USAGE ON TYPE mood TO pair_reader;
REVOKE USAGE ON TYPE mood FROM PUBLIC;
ALTER TABLE t ADD m mood DEFAULT 'a';

-- CASE a generated column of another expression
-- MADE
CREATE TABLE t (id int, g int GENERATED ALWAYS AS (id * 2) STORED);
GRANT SELECT (g), REFERENCES (g) ON t TO pair_reader;
COMMENT ON COLUMN t.g IS 'twice';
CREATE INDEX t_g ON t (g);
COMMENT ON INDEX t_g IS 'fast';
CREATE VIEW v AS SELECT g FROM t;
GRANT SELECT ON v TO pair_reader;
-- DAMAGE
DROP VIEW v;
ALTER TABLE t DROP g;
ALTER TABLE t ADD g int GENERATED ALWAYS AS (id * 3) STORED;
GRANT SELECT (g), REFERENCES (g) ON t TO pair_reader;
COMMENT ON COLUMN t.g IS 'twice';
CREATE INDEX t_g ON t (g);
COMMENT ON INDEX t_g IS 'fast';
CREATE VIEW v AS SELECT g FROM t;
GRANT SELECT ON v TO pair_reader;

-- CASE a generated column that became a plain one
-- MADE
CREATE TABLE t (id int, g int);
GRANT SELECT (g) ON t TO pair_reader;
COMMENT ON COLUMN t.g IS 'twice';
-- DAMAGE
ALTER TABLE t DROP g;
ALTER TABLE t ADD g int GENERATED ALWAYS AS (id * 3) STORED;
GRANT SELECT (g) ON t TO pair_reader;
COMMENT ON COLUMN t.g IS 'twice';

-- CASE aggregates, operators, statistics, text search of another owner
-- MADE
CREATE TABLE t (a int, b int);
CREATE AGGREGATE how_many (*) (sfunc = int8inc, stype = bigint, initcond = '0');
CREATE AGGREGATE sum_of (integer) (sfunc = int4pl, stype = integer);
CREATE STATISTICS s (dependencies) ON a, b FROM t;
CREATE TEXT SEARCH DICTIONARY words (template = simple);
CREATE TEXT SEARCH CONFIGURATION ours (parser = default);
ALTER TEXT SEARCH CONFIGURATION ours ADD MAPPING FOR asciiword WITH words;
ALTER AGGREGATE how_many (*) OWNER TO pair_writer;
REVOKE EXECUTE ON FUNCTION sum_of (integer) FROM PUBLIC;
ALTER STATISTICS s OWNER TO pair_writer;
ALTER TEXT SEARCH CONFIGURATION ours OWNER TO pair_writer;
COMMENT ON AGGREGATE how_many (*) IS 'all';
-- DAMAGE
DROP AGGREGATE how_many (*);
CREATE AGGREGATE how_many (*) (sfunc = int8inc, stype = bigint, initcond = '5');
ALTER AGGREGATE how_many (*) OWNER TO pair_writer;
COMMENT ON AGGREGATE how_many (*) IS 'all';
DROP AGGREGATE sum_of (integer);
CREATE AGGREGATE sum_of (integer) (sfunc = int4pl, stype = integer, initcond = '1');
REVOKE EXECUTE ON FUNCTION sum_of (integer) FROM PUBLIC;
DROP STATISTICS s;
CREATE STATISTICS s (ndistinct) ON a, b FROM t;
ALTER STATISTICS s OWNER TO pair_writer;
ALTER TEXT SEARCH CONFIGURATION ours ADD MAPPING FOR word WITH simple;

-- CASE a serial column's sequence of another name
-- MADE
CREATE TABLE t (id serial PRIMARY KEY, n int);
GRANT USAGE ON SEQUENCE t_id_seq TO pair_reader;
INSERT INTO t (n) SELECT 1 FROM generate_series(1, 40);
DELETE FROM t WHERE id > 30;
COMMENT ON SEQUENCE t_id_seq IS 'ids';
CREATE SEQUENCE "Free one" INCREMENT BY 5;
CREATE TABLE u (id int DEFAULT nextval('"Free one"'), s text DEFAULT 'x' || nextval('"Free one"'));
INSERT INTO u SELECT;
-- DAMAGE
ALTER SEQUENCE t_id_seq RENAME TO old_seq;
ALTER SEQUENCE "Free one" RENAME TO u_seq;
-- ASKED
SELECT c.oid, s.last_value FROM pg_sequences s JOIN pg_class c ON c.relname = s.sequencename ORDER BY 1

-- CASE a sequence that was dropped with the defaults that used it
-- MADE
CREATE TABLE t (id serial PRIMARY KEY, n int);
INSERT INTO t (n) SELECT 1 FROM generate_series(1, 40);
CREATE SEQUENCE down AS smallint INCREMENT BY -1;
CREATE TABLE u (id int DEFAULT nextval('down'), n int DEFAULT nextval('down'), o int DEFAULT nextval('down'));
INSERT INTO u SELECT FROM generate_series(1, 7);
CREATE SEQUENCE late START WITH 1000;
CREATE TABLE v (id bigint DEFAULT nextval('late'), s text DEFAULT 'x' || nextval('late'));
INSERT INTO v VALUES (-5), (7);
CREATE TABLE w (id serial);
INSERT INTO w VALUES (0), (-3);
CREATE TABLE nobody (id serial);
-- DAMAGE
DROP SEQUENCE t_id_seq CASCADE;
DROP SEQUENCE down CASCADE;
DROP SEQUENCE late CASCADE;
DROP SEQUENCE w_id_seq CASCADE;
DROP SEQUENCE nobody_id_seq CASCADE;
-- ASKED
SELECT nextval('t_id_seq') > 40, nextval('down') < (SELECT min(least(id, n, o)) FROM u), nextval('late') BETWEEN 1000 AND 1003, nextval('w_id_seq') BETWEEN 1 AND 4, nextval('nobody_id_seq') < 4

-- CASE an identity that came to rows
-- MADE
CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY (INCREMENT BY -2 START WITH 5 MAXVALUE 100), n int);
CREATE TABLE u (id int GENERATED BY DEFAULT AS IDENTITY, n int);
CREATE TABLE v (id int GENERATED BY DEFAULT AS IDENTITY, n int);
INSERT INTO t (n) SELECT 1 FROM generate_series(1, 9);
INSERT INTO u (n) SELECT 1 FROM generate_series(1, 9);
INSERT INTO v VALUES (0), (-7);
-- DAMAGE
ALTER TABLE t ALTER id DROP IDENTITY;
ALTER TABLE u ALTER id DROP IDENTITY;
ALTER TABLE v ALTER id DROP IDENTITY;
-- ASKED
SELECT nextval('t_id_seq') < -11, nextval('u_id_seq') > 9, nextval('v_id_seq') BETWEEN 1 AND 4

-- CASE an event trigger, a publication and a server that went over to another schema
-- MADE
CREATE SCHEMA other;
CREATE FUNCTION other.on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE TABLE other.t (id int PRIMARY KEY);
CREATE FUNCTION on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE TABLE t (id int PRIMARY KEY);
CREATE EVENT TRIGGER watch ON sql_drop EXECUTE FUNCTION on_ddl();
CREATE EVENT TRIGGER theirs ON sql_drop EXECUTE FUNCTION other.on_ddl();
CREATE PUBLICATION feed FOR TABLE t;
CREATE PUBLICATION empty FOR TABLE t;
CREATE PUBLICATION theirs FOR TABLE other.t;
ALTER PUBLICATION feed OWNER TO pair_writer;
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER nothing;
CREATE USER MAPPING FOR PUBLIC SERVER elsewhere OPTIONS (password 'secret');
CREATE FOREIGN TABLE other.remote (id int) SERVER elsewhere;
CREATE FOREIGN TABLE near (id int) SERVER elsewhere;
-- DAMAGE
DROP EVENT TRIGGER watch;
CREATE EVENT TRIGGER watch ON sql_drop EXECUTE FUNCTION other.on_ddl();
ALTER PUBLICATION feed SET TABLE other.t;
ALTER PUBLICATION empty DROP TABLE t;
DROP FOREIGN TABLE near;
ALTER SERVER elsewhere OPTIONS (ADD a 'b');

-- CASE an index of a partitioned table that is invalid
-- MADE
CREATE TABLE days (day date NOT NULL, n int) PARTITION BY RANGE (day);
CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE days_2 PARTITION OF days FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX days_n ON days (n);
COMMENT ON INDEX days_n IS 'by n';
-- DAMAGE
DROP INDEX days_n;
CREATE INDEX days_n ON ONLY days (n);
COMMENT ON INDEX days_n IS 'by n';

-- CASE checks that children have or not
-- MADE
CREATE TABLE a (n int, CONSTRAINT c CHECK (n > 0) NO INHERIT);
CREATE TABLE a_kid (CONSTRAINT c CHECK (n > 0)) INHERITS (a);
CREATE TABLE b (n int, CONSTRAINT c CHECK (n > 0));
CREATE TABLE b_kid () INHERITS (b);
CREATE TABLE d (n int, CONSTRAINT c CHECK (n > 0) NO INHERIT);
CREATE TABLE d_kid () INHERITS (d);
CREATE TABLE f (n int, CONSTRAINT c CHECK (n > 0));
CREATE TABLE f_kid () INHERITS (f);
CREATE TABLE f_grandkid () INHERITS (f_kid);
-- DAMAGE
ALTER TABLE a DROP CONSTRAINT c;
ALTER TABLE a_kid DROP CONSTRAINT c;
ALTER TABLE a ADD CONSTRAINT c CHECK (n > 0);
ALTER TABLE b DROP CONSTRAINT c;
ALTER TABLE b ADD CONSTRAINT c CHECK (n > 0) NO INHERIT;
ALTER TABLE b_kid ADD CONSTRAINT c CHECK (n > 0);
ALTER TABLE d DROP CONSTRAINT c;
ALTER TABLE d ADD CONSTRAINT c CHECK (n > 0);
ALTER TABLE f DROP CONSTRAINT c;
ALTER TABLE f_kid ADD CONSTRAINT c CHECK (n > 0) NO INHERIT;
ALTER TABLE f_grandkid ADD CONSTRAINT c CHECK (n > 0);

-- CASE sequences of tables that somebody else owns
-- MADE
CREATE TABLE t (id serial, n int);
ALTER TABLE t OWNER TO pair_writer;
CREATE TABLE u (id int, n int);
CREATE SEQUENCE linked OWNED BY u.id;
ALTER TABLE u OWNER TO pair_writer;
CREATE TABLE v (id int);
CREATE SEQUENCE free;
ALTER SEQUENCE free OWNER TO pair_writer;
GRANT USAGE ON SEQUENCE free TO pair_reader;
-- DAMAGE
DROP SEQUENCE t_id_seq CASCADE;
ALTER SEQUENCE linked OWNED BY NONE;
ALTER SEQUENCE linked OWNER TO pair_reader;
ALTER SEQUENCE linked OWNER TO CURRENT_USER;

-- CASE sequences of tables that somebody else owns, declared
-- DECLARED
-- MADE
CREATE TABLE u (id int, n int);
CREATE SEQUENCE linked OWNED BY u.id;
ALTER TABLE u OWNER TO pair_writer;
CREATE TABLE v (id int);
CREATE SEQUENCE moved OWNED BY v.id;
CREATE SEQUENCE free;
ALTER SEQUENCE free OWNER TO pair_writer;
-- DAMAGE
ALTER SEQUENCE linked OWNED BY NONE;
ALTER SEQUENCE linked OWNER TO CURRENT_USER;
ALTER SEQUENCE moved OWNED BY NONE;
ALTER SEQUENCE moved OWNER TO pair_writer;
ALTER SEQUENCE moved OWNED BY u.n;
ALTER SEQUENCE free OWNER TO CURRENT_USER;
ALTER SEQUENCE free OWNED BY v.id;

-- CASE what is said of a foreign key that is made anew, and of one that is validated
-- MADE
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (a int, c int, CONSTRAINT "B a" FOREIGN KEY (a) REFERENCES a ON DELETE CASCADE, CONSTRAINT b_c FOREIGN KEY (c) REFERENCES a);
COMMENT ON CONSTRAINT "B a" ON b IS 'whose';
COMMENT ON CONSTRAINT b_c ON b IS 'other';
ALTER TABLE b DISABLE TRIGGER ALL;
ALTER TABLE a DISABLE TRIGGER ALL;
-- DAMAGE
ALTER TABLE b DROP CONSTRAINT "B a";
ALTER TABLE b ADD CONSTRAINT "B a" FOREIGN KEY (a) REFERENCES a;
ALTER TABLE b DROP CONSTRAINT b_c;
ALTER TABLE b ADD CONSTRAINT b_c FOREIGN KEY (c) REFERENCES a NOT VALID;
COMMENT ON CONSTRAINT "B a" ON b IS 'whose';
COMMENT ON CONSTRAINT b_c ON b IS 'other';
ALTER TABLE b DISABLE TRIGGER ALL;
ALTER TABLE a DISABLE TRIGGER ALL;

-- CASE a type, a table and a key that others still need, declared
-- LEFT
column parted.n
column t.b
enum mood
table grandkid
table kid
-- MADE
CREATE TABLE t (a int, b int);
CREATE TABLE top (a int);
CREATE TABLE other (extra int) INHERITS (top);
CREATE TABLE grandkid () INHERITS (other);
CREATE TABLE parted (k int NOT NULL, n int) PARTITION BY HASH (k);
CREATE TABLE part (k int NOT NULL, n int NOT NULL, CONSTRAINT mine PRIMARY KEY (k, n));
ALTER TABLE parted ATTACH PARTITION part FOR VALUES WITH (modulus 1, remainder 0);
-- DAMAGE
CREATE TYPE mood AS ENUM ('a', 'b');
ALTER TABLE t ALTER a TYPE mood USING NULL, ALTER b TYPE mood[] USING NULL;
DROP TABLE other, grandkid;
CREATE TABLE kid (extra int) INHERITS (top);
CREATE TABLE grandkid () INHERITS (kid);
ALTER TABLE parted ALTER n SET NOT NULL;

-- CASE privileges on a table and a view do not take those on their columns with them
-- DECLARED
-- MADE
CREATE TABLE more (a int, b int);
CREATE TABLE less (a int, b int);
CREATE TABLE other (a int, b int);
CREATE TABLE everybodys (a int, b int);
CREATE VIEW seen AS SELECT a, b FROM more;
CREATE MATERIALIZED VIEW kept AS SELECT a, b FROM more;
GRANT USAGE ON SCHEMA public TO pair_writer;
GRANT SELECT (a), UPDATE (b) ON more, less, other TO pair_reader;
GRANT SELECT (a) ON other TO pair_writer WITH GRANT OPTION;
GRANT INSERT, DELETE ON less, other TO pair_reader;
GRANT INSERT (a) ON less TO pair_reader;
GRANT SELECT (a) ON everybodys TO PUBLIC;
GRANT UPDATE (a), SELECT (b) ON seen TO pair_reader;
GRANT SELECT (b) ON kept TO pair_reader;
-- DAMAGE
GRANT INSERT ON more TO pair_reader;
REVOKE DELETE ON less FROM pair_reader;
GRANT SELECT ON less TO pair_reader;
REVOKE ALL ON other FROM pair_reader;
GRANT UPDATE (a) ON other TO pair_reader;
GRANT INSERT ON other TO pair_writer;
SET ROLE pair_writer;
GRANT SELECT (a) ON other TO pair_reader;
RESET ROLE;
GRANT INSERT ON everybodys TO PUBLIC;
GRANT SELECT ON seen, kept TO pair_reader;

-- CASE a lost partition that computes a column otherwise, under a parent that another expression was given
-- SINCE 17
-- MADE
CREATE TABLE p (k int NOT NULL, a int, c int GENERATED ALWAYS AS (a * 2) STORED) PARTITION BY LIST (k);
CREATE TABLE p1 PARTITION OF p (c GENERATED ALWAYS AS (a * 3) STORED) FOR VALUES IN (1);
CREATE TABLE p2 PARTITION OF p (c GENERATED ALWAYS AS (a * 4) STORED) FOR VALUES IN (2);
CREATE TABLE p3 PARTITION OF p (c GENERATED ALWAYS AS (a * 5) STORED) FOR VALUES IN (3);
INSERT INTO p (k, a) VALUES (1, 1), (2, 1), (3, 1);
-- DAMAGE
DELETE FROM p WHERE k = 2;
DROP TABLE p2;
ALTER TABLE p ALTER c SET EXPRESSION AS (a * 7);
ALTER TABLE p3 ALTER c SET EXPRESSION AS (a * 4);
-- ASKED
SELECT k, c FROM p WHERE k <> 2

-- CASE a function whose name is only a word in options, arguments and conditions
-- MADE
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER nothing OPTIONS (folder 'f');
CREATE FOREIGN TABLE remote (id int OPTIONS (place 'f'), word text DEFAULT 'f') SERVER elsewhere OPTIONS (file 'f');
CREATE TABLE insert (word text DEFAULT 'f', CHECK (word <> 'f'));
CREATE INDEX insert_f ON insert (word) WHERE word = 'f';
CREATE TRIGGER insert_keep BEFORE INSERT ON insert FOR EACH ROW EXECUTE FUNCTION keep('f');
CREATE VIEW fs AS SELECT word FROM insert WHERE word = 'f';
CREATE TABLE others (a int);
CREATE PUBLICATION feed FOR TABLE others WITH (publish = 'insert');
-- DAMAGE
DROP FUNCTION f();
CREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'SELECT 1';
-- ASKED
SELECT ARRAY['remote'::regclass, 'insert_f'::regclass, 'fs'::regclass]::oid[] || ARRAY(SELECT oid FROM pg_trigger WHERE NOT tgisinternal)
    || ARRAY(SELECT oid FROM pg_foreign_server) || ARRAY(SELECT oid FROM pg_publication)

-- CASE a lost partition under incomplete indexes and keys, of which PostgreSQL gives it its parts
-- MADE
CREATE TABLE p (k int NOT NULL, u int, w int) PARTITION BY LIST (k);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
ALTER TABLE ONLY p ADD CONSTRAINT p_pkey PRIMARY KEY (k);
ALTER TABLE ONLY p ADD CONSTRAINT p_u UNIQUE (k, u);
CREATE INDEX p_w ON ONLY p (w) WITH (fillfactor = 70);
CREATE INDEX p_w2 ON ONLY p (w, k);
CREATE TABLE p3 PARTITION OF p FOR VALUES IN (3);
ALTER INDEX p3_pkey RENAME TO "p3's";
ALTER INDEX p3_w_idx RENAME TO p3_own;
ALTER INDEX p3_own RESET (fillfactor);
ALTER INDEX p3_w_k_idx SET (fillfactor = 60);
-- DAMAGE
DROP TABLE p3;

-- CASE a table of another owner goes with its sequence
-- DECLARED
-- MADE
CREATE TABLE stays (a int);
-- DAMAGE
CREATE TABLE goes (id serial, n int);
ALTER TABLE goes OWNER TO pair_reader;

-- CASE a table of another owner goes without its sequence
-- DECLARED
-- MADE
CREATE TABLE stays (a int);
CREATE SEQUENCE numbers OWNED BY stays.a;
-- DAMAGE
CREATE TABLE goes (id int, n int);
ALTER SEQUENCE numbers OWNED BY NONE;
ALTER SEQUENCE numbers OWNED BY goes.id;
ALTER TABLE goes OWNER TO pair_reader;

-- CASE privileges on the sequences of serial columns that became identity columns, and the reverse
-- DECLARED
-- MADE
CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY, b serial);
GRANT USAGE ON SEQUENCE t_a_seq, t_b_seq TO pair_reader;
-- DAMAGE
ALTER TABLE t ALTER a DROP IDENTITY;
CREATE SEQUENCE t_a_seq AS integer OWNED BY t.a;
ALTER TABLE t ALTER a SET DEFAULT nextval('t_a_seq');
ALTER TABLE t ALTER b DROP DEFAULT;
DROP SEQUENCE t_b_seq;
ALTER TABLE t ALTER b ADD GENERATED ALWAYS AS IDENTITY;
GRANT USAGE ON SEQUENCE t_a_seq, t_b_seq TO pair_reader;

-- CASE a user mapping, a server and a foreign table whose names and words views have too
-- MADE
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'pair_reader');
CREATE USER MAPPING FOR pair_reader SERVER s OPTIONS (password 'known to nobody');
CREATE FOREIGN TABLE f (a int) SERVER s;
CREATE TABLE t (a int, b int);
CREATE VIEW pair_reader AS SELECT a FROM t;
CREATE VIEW s AS SELECT a FROM t;
CREATE VIEW w AS SELECT a FROM t;
-- DAMAGE
CREATE OR REPLACE VIEW pair_reader AS SELECT b AS a FROM t;
CREATE OR REPLACE VIEW s AS SELECT b AS a FROM t;
CREATE OR REPLACE VIEW w AS SELECT b AS a FROM t;
-- ASKED
SELECT umoptions::text, (SELECT 'f'::regclass::oid::text) FROM pg_user_mapping
