-- Functions: what their bodies and signatures need, and what needs them.

-- PAIR plpgsql variables of the types of rows and columns of later tables
-- NEW
CREATE TABLE zoo (id int PRIMARY KEY, animal text);
CREATE FUNCTION a_count() RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    one zoo%ROWTYPE;
    name zoo.animal%TYPE;
    whole zoo;
BEGIN
    SELECT * INTO one FROM zoo LIMIT 1;
    RETURN 1;
END $$;

-- PAIR SQL functions over tables, views and each other
-- NEW
CREATE TABLE readings (id int PRIMARY KEY, value numeric);
CREATE VIEW recent AS SELECT id, value FROM readings WHERE id > 10;
CREATE FUNCTION zz_sum() RETURNS numeric LANGUAGE sql STABLE AS 'SELECT sum(value) FROM recent';
CREATE FUNCTION aa_twice() RETURNS numeric LANGUAGE sql STABLE AS 'SELECT 2 * zz_sum()';
CREATE VIEW summary AS SELECT aa_twice() AS doubled;

-- PAIR a function that reads the table whose check calls it
-- NEW
SET check_function_bodies = off;
CREATE FUNCTION is_known(n int) RETURNS boolean LANGUAGE sql STABLE AS 'SELECT EXISTS (SELECT FROM known WHERE id = n)';
CREATE TABLE known (id int PRIMARY KEY, parent int CHECK (parent IS NULL OR is_known(parent)));
RESET check_function_bodies;

-- PAIR functions that call each other
-- NEW
SET check_function_bodies = off;
CREATE FUNCTION is_even(n int) RETURNS boolean LANGUAGE sql AS 'SELECT CASE WHEN n = 0 THEN true ELSE is_odd(n - 1) END';
CREATE FUNCTION is_odd(n int) RETURNS boolean LANGUAGE sql AS 'SELECT CASE WHEN n = 0 THEN false ELSE is_even(n - 1) END';
RESET check_function_bodies;

-- PAIR a view and a function of the same name
-- NEW
CREATE TABLE base (id int, n int);
CREATE VIEW report AS SELECT id, n FROM base;
CREATE FUNCTION report(lowest int) RETURNS SETOF report LANGUAGE sql STABLE AS 'SELECT * FROM report WHERE n >= lowest';

-- PAIR a table and a function of the same name, and a view that calls the function
-- NEW
CREATE TABLE price (id int PRIMARY KEY, cents int);
CREATE FUNCTION price(p price) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT (p).cents / 100.0';
CREATE VIEW prices AS SELECT id, price(price.*) AS amount FROM price;

-- PAIR functions that return rows of views over views
-- NEW
CREATE TABLE t (a int);
CREATE VIEW z_first AS SELECT a FROM t;
CREATE FUNCTION firsts() RETURNS SETOF z_first LANGUAGE sql AS 'SELECT * FROM z_first';
CREATE VIEW a_second AS SELECT f.a FROM firsts() f;
CREATE FUNCTION seconds() RETURNS SETOF a_second LANGUAGE sql AS 'SELECT * FROM a_second';

-- PAIR a column more in a view whose rows a function returns
-- BOTH
CREATE TABLE t (a int, b int, c int);
-- OLD
CREATE VIEW v AS SELECT a FROM t;
CREATE FUNCTION rows_of_v() RETURNS SETOF v LANGUAGE sql AS 'SELECT * FROM v';
-- NEW
CREATE VIEW v AS SELECT a, b FROM t;
CREATE FUNCTION rows_of_v() RETURNS SETOF v LANGUAGE sql AS 'SELECT * FROM v';

-- PAIR white space of bodies
-- OLD
CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION two() RETURNS int LANGUAGE sql AS ' SELECT 2 ';
CREATE FUNCTION three() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
    RETURN 3;
END
$$;
CREATE PROCEDURE four() LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
-- NEW
CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1 ';
CREATE FUNCTION two() RETURNS int LANGUAGE sql AS E'\n SELECT 2\n';
CREATE FUNCTION three() RETURNS int LANGUAGE plpgsql AS $$
BEGIN   
    RETURN 3;  
END

$$;
CREATE PROCEDURE four() LANGUAGE plpgsql AS $$
BEGIN
	NULL;
END $$;

-- PAIR bodies with quotes, tags and backslashes
-- NEW
CREATE FUNCTION quotes() RETURNS text LANGUAGE sql AS $x$SELECT $$a$$ || 'it''s' || E'\\n$body$'$x$;
CREATE FUNCTION ends() RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN 1; END -- $';

-- PAIR another result, more arguments, other names of arguments
-- OLD
CREATE FUNCTION calc(a int) RETURNS int LANGUAGE sql AS 'SELECT a';
CREATE FUNCTION named(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT a + b';
CREATE FUNCTION kept(a int) RETURNS int LANGUAGE sql AS 'SELECT a';
CREATE VIEW v AS SELECT calc(1) AS c, named(1, 2) AS n;
-- NEW
CREATE FUNCTION calc(a int) RETURNS bigint LANGUAGE sql AS 'SELECT a::bigint';
CREATE FUNCTION named(x int, y int DEFAULT 3) RETURNS int LANGUAGE sql AS 'SELECT x + y';
CREATE FUNCTION kept(a int, b text) RETURNS int LANGUAGE sql AS 'SELECT a';
CREATE VIEW v AS SELECT calc(1) AS c, named(1, 2) AS n;

-- PAIR a default of an argument goes
-- OLD
CREATE FUNCTION f(a int, b int DEFAULT 5) RETURNS int LANGUAGE sql AS 'SELECT a + b';
-- NEW
CREATE FUNCTION f(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT a + b';

-- PAIR a function becomes a procedure
-- OLD
CREATE FUNCTION act(n int) RETURNS void LANGUAGE plpgsql AS 'BEGIN END';
-- NEW
CREATE PROCEDURE act(n int) LANGUAGE plpgsql AS 'BEGIN END';

-- PAIR a function becomes an aggregate
-- BOTH
CREATE FUNCTION plus(a bigint, b int) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT coalesce(a, 0) + b';
-- OLD
CREATE FUNCTION total(n int) RETURNS bigint LANGUAGE sql AS 'SELECT n::bigint';
-- NEW
CREATE AGGREGATE total(int) (sfunc = plus, stype = bigint);

-- PAIR attributes, settings, cost and rows
-- OLD
CREATE FUNCTION f(n int) RETURNS SETOF int LANGUAGE sql AS 'SELECT n';
CREATE FUNCTION g(n int) RETURNS int LANGUAGE plpgsql SET search_path = pg_catalog SET work_mem = '8MB' AS 'BEGIN RETURN n; END';
-- NEW
CREATE FUNCTION f(n int) RETURNS SETOF int LANGUAGE sql IMMUTABLE STRICT SECURITY DEFINER LEAKPROOF PARALLEL SAFE COST 7 ROWS 9 AS 'SELECT n';
CREATE FUNCTION g(n int) RETURNS int LANGUAGE plpgsql SET search_path = public, pg_temp AS 'BEGIN RETURN n; END';

-- PAIR a function under a generated column, an index, a default, a check and a domain gets another body and then another type
-- BOTH
CREATE FUNCTION norm(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(t)';
-- OLD
CREATE FUNCTION size(t text) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT length(t)';
CREATE TABLE docs (id int PRIMARY KEY, title text DEFAULT norm('X'), words int GENERATED ALWAYS AS (size(title)) STORED, CHECK (size(title) < 9));
CREATE INDEX docs_size ON docs (size(title));
-- NEW
CREATE FUNCTION size(t text) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT length(t)::bigint';
CREATE TABLE docs (id int PRIMARY KEY, title text DEFAULT norm('X'), words int GENERATED ALWAYS AS (size(title)) STORED, CHECK (size(title) < 9));
CREATE INDEX docs_size ON docs (size(title));

-- PAIR SQL standard bodies
-- BOTH
CREATE TABLE items (id int PRIMARY KEY, n int);
-- OLD
CREATE FUNCTION total() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT sum(n) FROM items; END;
-- NEW
ALTER TABLE items ALTER n TYPE bigint;
CREATE FUNCTION total() RETURNS numeric LANGUAGE sql BEGIN ATOMIC SELECT sum(n) FROM items; END;
CREATE FUNCTION one_more(n int) RETURNS int LANGUAGE sql IMMUTABLE RETURN n + 1;

-- PAIR variadic, out and table results
-- OLD
CREATE FUNCTION pair(OUT a int, OUT b text) LANGUAGE sql AS $$SELECT 1, 'x'$$;
-- NEW
CREATE FUNCTION pair(OUT a int, OUT b text, OUT c date) LANGUAGE sql AS $$SELECT 1, 'x', DATE '2026-01-01'$$;
CREATE FUNCTION many(VARIADIC all_of int[]) RETURNS int LANGUAGE sql AS 'SELECT all_of[1]';
CREATE FUNCTION listed() RETURNS TABLE (id int, name text) LANGUAGE sql AS $$SELECT 1, 'x'$$;

-- PAIR types made and used by functions at once
-- NEW
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE DOMAIN short AS text CHECK (length(VALUE) < 9);
CREATE TYPE card AS (m mood, s short);
CREATE FUNCTION deal(m mood DEFAULT 'good') RETURNS card LANGUAGE sql AS $$SELECT ROW(m, 'x')::card$$;
CREATE TABLE hands (c card, m mood DEFAULT 'bad');

-- PAIR trigger functions over other tables
-- NEW
SET check_function_bodies = off;
CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    line journal%ROWTYPE;
BEGIN
    line.what := TG_OP;
    INSERT INTO journal VALUES (line.*);
    RETURN NEW;
END $$;
CREATE TABLE journal (what text);
CREATE TABLE watched (id int);
CREATE TRIGGER watched_audit AFTER INSERT ON watched FOR EACH ROW EXECUTE FUNCTION audit();

-- PAIR a changed function that depends on an extension
-- OLD
CREATE FUNCTION f(a integer, b text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
ALTER FUNCTION f(integer, text) DEPENDS ON EXTENSION plpgsql;
-- NEW
CREATE FUNCTION f(a integer, b text) RETURNS integer LANGUAGE sql AS 'SELECT 2';
ALTER FUNCTION f(integer, text) DEPENDS ON EXTENSION plpgsql;

-- PAIR settings whose names have capitals and dots
-- OLD
CREATE FUNCTION f() RETURNS int LANGUAGE sql SET "my.Guc" = 'A b' AS 'SELECT 1';
-- NEW
CREATE FUNCTION f() RETURNS int LANGUAGE sql SET "my.Guc" = 'A c' SET "other.Guc_2" = 'x' SET datestyle = 'iso' AS 'SELECT 1';
CREATE PROCEDURE p() LANGUAGE sql SET "my.Third" = 'B' AS 'SELECT 1';

-- PAIR trigger functions of another schema with dots in the names
-- WORLD
CREATE SCHEMA "A.b";
CREATE SCHEMA "Other";
CREATE FUNCTION "A.b"."F.g"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION "A.b".f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION "Other"."F.g"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION "Other"."Plain"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE "A.b"."T.u" (id int PRIMARY KEY);
-- BOTH
CREATE FUNCTION "O.wn"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE t (id int PRIMARY KEY);
-- OLD
CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION "A.b"."F.g"();
CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION "Other"."F.g"();
-- NEW
CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION "Other"."F.g"();
CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION "A.b".f();
CREATE TRIGGER c BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION "Other"."Plain"();
CREATE TRIGGER d BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION "O.wn"();
CREATE CONSTRAINT TRIGGER e AFTER INSERT ON t FROM "A.b"."T.u" FOR EACH ROW EXECUTE FUNCTION "A.b"."F.g"();
CREATE TABLE u (id int REFERENCES "A.b"."T.u");

-- PAIR support functions come, change and go
-- OLD
CREATE FUNCTION a(int, int) RETURNS SETOF int LANGUAGE sql ROWS 7 COST 3 AS 'SELECT generate_series($1, $2)';
ALTER FUNCTION a(int, int) SUPPORT pg_catalog.generate_series_int4_support;
COMMENT ON FUNCTION a(int, int) IS 'kept';
CREATE VIEW over_a AS SELECT * FROM a(1, 2);
CREATE FUNCTION b(int, int) RETURNS SETOF int LANGUAGE sql AS 'SELECT generate_series($1, $2)';
CREATE FUNCTION c(int, int) RETURNS SETOF int LANGUAGE sql AS 'SELECT generate_series($1, $2)';
ALTER FUNCTION c(int, int) SUPPORT pg_catalog.generate_series_int4_support;
CREATE FUNCTION d(int, int) RETURNS SETOF int LANGUAGE sql AS 'SELECT generate_series($1, $2)';
ALTER FUNCTION d(int, int) SUPPORT pg_catalog.generate_series_int4_support;
-- NEW
CREATE FUNCTION a(int, int) RETURNS SETOF int LANGUAGE sql ROWS 7 AS 'SELECT generate_series($1, $2)';
COMMENT ON FUNCTION a(int, int) IS 'kept';
CREATE VIEW over_a AS SELECT * FROM a(1, 2);
CREATE FUNCTION b(int, int) RETURNS SETOF int LANGUAGE sql AS 'SELECT generate_series($1, $2)';
ALTER FUNCTION b(int, int) SUPPORT pg_catalog.generate_series_int4_support;
CREATE FUNCTION c(int, int) RETURNS SETOF int LANGUAGE sql AS 'SELECT generate_series($1, $2)';
ALTER FUNCTION c(int, int) SUPPORT pg_catalog.generate_series_int8_support;
CREATE FUNCTION d(int, int) RETURNS SETOF int LANGUAGE sql AS 'SELECT generate_series($1, $2 + 0)';

-- PAIR functions of a language of the schema's own
-- NEW
CREATE LANGUAGE plfoo HANDLER plpgsql_call_handler VALIDATOR plpgsql_validator;
CREATE PROCEDURE a() LANGUAGE plfoo AS $$ BEGIN END $$;
CREATE FUNCTION b(int) RETURNS int LANGUAGE plfoo AS $$ BEGIN RETURN $1; END $$;
CREATE TABLE t (a int DEFAULT b(1));

-- PAIR another result of a function in checks and defaults of domains
-- OLD
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE DOMAIN d AS int DEFAULT f(3) CONSTRAINT "C" CHECK (f(VALUE) > 0) CHECK (VALUE > -1);
COMMENT ON CONSTRAINT "C" ON DOMAIN d IS 'why';
CREATE DOMAIN e AS d CHECK (f(VALUE) < 1000);
CREATE TABLE t (a d, b e);
CREATE FUNCTION g(d) RETURNS d LANGUAGE sql AS 'SELECT $1';
-- NEW
CREATE FUNCTION f(int) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE DOMAIN d AS int DEFAULT f(3) CONSTRAINT "C" CHECK (f(VALUE) > 0) CHECK (VALUE > -1);
COMMENT ON CONSTRAINT "C" ON DOMAIN d IS 'why';
CREATE DOMAIN e AS d CHECK (f(VALUE) < 1000);
CREATE TABLE t (a d, b e);
CREATE FUNCTION g(d) RETURNS d LANGUAGE sql AS 'SELECT $1';

-- PAIR functions in partition keys and range types of columns cannot be made anew
-- OLD
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE TABLE t (a int) PARTITION BY LIST (f(a));
CREATE FUNCTION gap(time, time) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT 1.0::float8';
CREATE TYPE times AS RANGE (subtype = time, subtype_diff = gap);
CREATE TABLE u (a times);
CREATE FUNCTION free(time, time) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT 1.0::float8';
CREATE TYPE unused AS RANGE (subtype = time, subtype_diff = free);
-- NEW
CREATE FUNCTION f(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE TABLE t (a int) PARTITION BY LIST (f(a));
CREATE FUNCTION gap(a time, b time) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT 1.0::float8';
CREATE TYPE times AS RANGE (subtype = time, subtype_diff = gap);
CREATE TABLE u (a times);
CREATE FUNCTION free(a time, b time) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT 1.0::float8';
CREATE TYPE unused AS RANGE (subtype = time, subtype_diff = free);
-- LEFT
function f(integer)
function gap(time without time zone, time without time zone)
-- LEFT BACK
function f(integer)
function gap(time without time zone, time without time zone)
