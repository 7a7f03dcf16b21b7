-- Types: enums, domains, composite types, ranges, collations, casts.

-- PAIR enum values removed
-- OLD
CREATE TYPE state AS ENUM ('new', 'open', 'stale', 'closed');
CREATE TABLE jobs (id int PRIMARY KEY, s state NOT NULL DEFAULT 'open', was state[]);
CREATE INDEX jobs_open ON jobs (id) WHERE s = 'open';
CREATE VIEW open_jobs AS SELECT id FROM jobs WHERE s = 'open';
-- NEW
CREATE TYPE state AS ENUM ('new', 'open', 'closed');
CREATE TABLE jobs (id int PRIMARY KEY, s state NOT NULL DEFAULT 'open', was state[]);
CREATE INDEX jobs_open ON jobs (id) WHERE s = 'open';
CREATE VIEW open_jobs AS SELECT id FROM jobs WHERE s = 'open';

-- PAIR enum values in another order
-- OLD
CREATE TYPE level AS ENUM ('low', 'middle', 'high');
CREATE TABLE l (v level, CHECK (v <> 'high'));
-- NEW
CREATE TYPE level AS ENUM ('high', 'middle', 'low');
CREATE TABLE l (v level, CHECK (v <> 'high'));

-- PAIR an enum value gets another name
-- OLD
CREATE TYPE size AS ENUM ('small', 'big');
CREATE TABLE s (v size DEFAULT 'small');
-- NEW
CREATE TYPE size AS ENUM ('small', 'large');
CREATE TABLE s (v size DEFAULT 'small');

-- PAIR enum values removed under policies, triggers, keys, statistics and generated columns
-- OLD
CREATE TYPE kind AS ENUM ('a', 'b', 'c');
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE things (k kind, n int, t text, PRIMARY KEY (k, n), twice text GENERATED ALWAYS AS (CASE WHEN k = 'a' THEN 'x' ELSE t END) STORED);
ALTER TABLE things ENABLE ROW LEVEL SECURITY;
CREATE POLICY only_a ON things USING (k = 'a');
CREATE TRIGGER things_keep BEFORE UPDATE OF k ON things FOR EACH ROW WHEN (OLD.k = 'a') EXECUTE FUNCTION keep();
CREATE STATISTICS things_stats ON k, n FROM things;
-- NEW
CREATE TYPE kind AS ENUM ('a', 'b');
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE things (k kind, n int, t text, PRIMARY KEY (k, n), twice text GENERATED ALWAYS AS (CASE WHEN k = 'a' THEN 'x' ELSE t END) STORED);
ALTER TABLE things ENABLE ROW LEVEL SECURITY;
CREATE POLICY only_a ON things USING (k = 'a');
CREATE TRIGGER things_keep BEFORE UPDATE OF k ON things FOR EACH ROW WHEN (OLD.k = 'a') EXECUTE FUNCTION keep();
CREATE STATISTICS things_stats ON k, n FROM things;

-- PAIR a new enum value is used in the same change
-- OLD
CREATE TYPE colour AS ENUM ('red');
CREATE TABLE c (v colour DEFAULT 'red');
-- NEW
CREATE TYPE colour AS ENUM ('blue', 'red', 'green');
CREATE TABLE c (v colour DEFAULT 'green', CHECK (v <> 'blue'));
CREATE VIEW greens AS SELECT v FROM c WHERE v = 'green';

-- PAIR domains
-- OLD
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE DOMAIN amount AS numeric(10,2) DEFAULT 0 NOT NULL;
CREATE DOMAIN gone AS int;
CREATE TABLE u (e email, a amount);
-- NEW
CREATE DOMAIN email AS text DEFAULT 'a@b' NOT NULL CONSTRAINT email_at CHECK (VALUE ~ '@') CONSTRAINT email_long CHECK (length(VALUE) < 99);
CREATE DOMAIN amount AS numeric(10,2);
CREATE DOMAIN outer_email AS email CHECK (VALUE <> 'x@y');
CREATE TABLE u (e email, a amount, o outer_email);

-- PAIR a domain over another type
-- OLD
CREATE DOMAIN code AS varchar(5);
CREATE TABLE k (c code);
-- NEW
CREATE DOMAIN code AS varchar(9);
CREATE TABLE k (c code);
-- LEFT
domain code
-- LEFT BACK
domain code

-- PAIR composite types
-- OLD
CREATE TYPE point3 AS (x int, y int);
CREATE TYPE stroke AS (a point3, b point3);
-- NEW
CREATE TYPE point3 AS (x int, y int, z int);
CREATE TYPE stroke AS (a point3, b point3, colour text COLLATE "C");
CREATE TABLE strokes (l stroke);

-- PAIR ranges with functions of their own
-- OLD
CREATE TYPE plain_range AS RANGE (subtype = int4);
-- NEW
CREATE FUNCTION time_gap(a time, b time) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT EXTRACT(EPOCH FROM (a - b))::float8';
CREATE TYPE time_span AS RANGE (subtype = time, subtype_diff = time_gap);
CREATE COLLATION plain (provider = libc, locale = 'C');
CREATE TYPE words AS RANGE (subtype = text, collation = plain, multirange_type_name = many_words);
CREATE TABLE booked (id int, during time_span, w words, all_w many_words, EXCLUDE USING gist (during WITH &&));
CREATE FUNCTION opens(s time_span) RETURNS time LANGUAGE sql AS 'SELECT lower(s)';

-- PAIR own collations of columns, indexes and domains
-- OLD
CREATE TABLE names (n text, m text COLLATE "C");
-- NEW
CREATE COLLATION german (provider = icu, locale = 'de-DE');
CREATE DOMAIN name_de AS text COLLATE german;
CREATE TABLE names (n text COLLATE german, m text, d name_de);
CREATE INDEX names_n ON names (n COLLATE "C", m COLLATE german);

-- PAIR casts and operators with functions of their own
-- NEW
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION to_pair(n int) RETURNS pair LANGUAGE sql IMMUTABLE AS 'SELECT ROW(n, n)::pair';
CREATE CAST (int AS pair) WITH FUNCTION to_pair(int) AS ASSIGNMENT;
CREATE FUNCTION same(x pair, y pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT (x).a = (y).a';
CREATE OPERATOR === (function = same, leftarg = pair, rightarg = pair);
CREATE TABLE pairs (p pair, CHECK (p === ROW(1, 2)::pair));
CREATE VIEW equal_pairs AS SELECT p === p AS yes FROM pairs;

-- PAIR a column gets a type with a cast of the schema
-- BOTH
CREATE TYPE wrapped AS (n bigint);
CREATE FUNCTION wrap(n bigint) RETURNS wrapped LANGUAGE sql IMMUTABLE AS 'SELECT ROW(n)::wrapped';
CREATE FUNCTION unwrap(w wrapped) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT (w).n';
CREATE CAST (bigint AS wrapped) WITH FUNCTION wrap(bigint);
CREATE CAST (wrapped AS bigint) WITH FUNCTION unwrap(wrapped);
-- OLD
CREATE TABLE w (v bigint);
-- NEW
CREATE TABLE w (v wrapped);

-- PAIR a range type over an operator class of the schema
-- NEW
CREATE FUNCTION alt_cmp(text, text) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT bttextcmp($2, $1)';
CREATE FUNCTION alt_lt(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > $2';
CREATE FUNCTION alt_eq(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2';
CREATE FUNCTION alt_diff(text, text) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT (length($1) - length($2))::float8';
CREATE OPERATOR <<< (LEFTARG = text, RIGHTARG = text, FUNCTION = alt_lt);
CREATE OPERATOR <<=< (LEFTARG = text, RIGHTARG = text, FUNCTION = alt_lt);
CREATE OPERATOR ==== (LEFTARG = text, RIGHTARG = text, FUNCTION = alt_eq, COMMUTATOR = ====);
CREATE OPERATOR >>=> (LEFTARG = text, RIGHTARG = text, FUNCTION = alt_lt);
CREATE OPERATOR >>> (LEFTARG = text, RIGHTARG = text, FUNCTION = alt_lt);
CREATE OPERATOR CLASS alt_ops FOR TYPE text USING btree AS OPERATOR 1 <<<, OPERATOR 2 <<=<, OPERATOR 3 ====, OPERATOR 4 >>=>, OPERATOR 5 >>>, FUNCTION 1 alt_cmp(text, text);
CREATE COLLATION alt_sorted (provider = icu, locale = 'de');
CREATE TYPE a_range AS RANGE (SUBTYPE = text, SUBTYPE_OPCLASS = alt_ops, COLLATION = alt_sorted, SUBTYPE_DIFF = alt_diff);
CREATE TYPE r AS RANGE (SUBTYPE = text, SUBTYPE_OPCLASS = alt_ops);
CREATE DOMAIN few AS a_range CHECK (NOT isempty(VALUE));
CREATE FUNCTION a_first(a_range) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower($1)';
CREATE TABLE t (id int, x a_range, y text, z few, EXCLUDE USING gist (x WITH &&), EXCLUDE USING btree (y alt_ops WITH ====));
CREATE INDEX t_y ON t (y alt_ops, a_first(x));
CREATE TABLE p (k text) PARTITION BY RANGE (k alt_ops);
CREATE TABLE q (k text) PARTITION BY RANGE (k COLLATE alt_sorted, alt_diff(k, 'x'));
CREATE STATISTICS t_s ON (a_first(x)), id FROM t;

-- PAIR objects of all kinds that use functions, operators, collations and operator classes of the schema
-- NEW
CREATE COLLATION zz_sorted (provider = icu, locale = 'de');
CREATE DOMAIN a_name AS text COLLATE zz_sorted;
CREATE TYPE a_pair AS (x text COLLATE zz_sorted, y int);
CREATE FUNCTION zz_text(a_pair) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ($1).x';
CREATE CAST (a_pair AS text) WITH FUNCTION zz_text(a_pair) AS ASSIGNMENT;
CREATE FUNCTION zz_add(a_pair, int) RETURNS a_pair LANGUAGE sql IMMUTABLE AS 'SELECT ROW(($1).x, ($1).y + $2)::a_pair';
CREATE FUNCTION zz_last(a_pair) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT ($1).y';
CREATE FUNCTION zz_plus(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE AGGREGATE a_sum(int) (SFUNC = zz_plus, STYPE = int, INITCOND = '0');
CREATE OPERATOR |+| (LEFTARG = a_pair, RIGHTARG = int, FUNCTION = zz_add);
CREATE FUNCTION aa_uses(a_pair) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT ($1 |+| 1)::text $$;
CREATE TABLE aa (n a_name, p a_pair, t text COLLATE zz_sorted, s text GENERATED ALWAYS AS (aa_uses(p)) STORED, CHECK ((p |+| 1) IS NOT NULL));
CREATE FUNCTION aa_parsed(p a_pair) RETURNS a_pair LANGUAGE sql IMMUTABLE RETURN p |+| 2;
CREATE DOMAIN a_checked AS a_pair CHECK ((VALUE |+| 1) IS NOT NULL);
CREATE VIEW aa_seen AS SELECT a_sum(zz_last(p)) AS total, (max(n) COLLATE zz_sorted) AS most FROM aa;
CREATE INDEX aa_t ON aa (t COLLATE zz_sorted, zz_last(p));
CREATE TABLE ap (k a_pair, t text) PARTITION BY RANGE (zz_last(k), (t || 'x') COLLATE zz_sorted);

-- PAIR a comment on a check of a domain, with "on" in both names
-- OLD
CREATE DOMAIN "d on e" AS int CONSTRAINT "k on l" CHECK (VALUE > 0);
-- NEW
CREATE DOMAIN "d on e" AS int CONSTRAINT "k on l" CHECK (VALUE > 0);
COMMENT ON CONSTRAINT "k on l" ON DOMAIN "d on e" IS 'why';

-- PAIR casts that domains, checks, SQL bodies and views use
-- NEW
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION pair_of(n int) RETURNS pair LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT ROW(n, n)::pair; END;
CREATE CAST (int AS pair) WITH FUNCTION pair_of(int) AS ASSIGNMENT;
CREATE DOMAIN named AS pair DEFAULT 5;
CREATE DOMAIN aged AS int CHECK ((VALUE::pair).a > 3);
CREATE FUNCTION a_first(n int) RETURNS int LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT (n::pair).a; END;
CREATE FUNCTION a_body(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT (n::pair).a';
CREATE FUNCTION size_of(n bytea) RETURNS date LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT date '2020-01-01'; END;
CREATE CAST (bytea AS date) WITH FUNCTION size_of(bytea);
CREATE DOMAIN bytes AS bytea CHECK (VALUE::date IS NOT NULL);
CREATE TABLE t (n named, b bytes, a aged, c pair DEFAULT 7, CHECK ((a::pair).b > 1));
CREATE VIEW v AS SELECT (n::pair).a, (55::pair).b FROM (SELECT 5 AS n) x;

-- PAIR casts that go with what they are made of
-- OLD
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION pair_of(n int) RETURNS pair LANGUAGE sql IMMUTABLE AS 'SELECT ROW(n, n)::pair';
CREATE CAST (int AS pair) WITH FUNCTION pair_of(int) AS ASSIGNMENT;
CREATE DOMAIN aged AS int CHECK ((VALUE::pair).a > 3);
CREATE FUNCTION a_first(n int) RETURNS int LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT (n::pair).a; END;
-- NEW
CREATE TYPE pair AS (a int, b int);
CREATE DOMAIN aged AS int CHECK (VALUE > 3);

-- PAIR a range type with a canonical function
-- OLD
CREATE TABLE u (a int);
-- NEW
CREATE TYPE days;
CREATE FUNCTION "Whole days"(days) RETURNS days LANGUAGE internal IMMUTABLE STRICT AS 'int4range_canonical';
CREATE FUNCTION a_difference(int, int) RETURNS float8 LANGUAGE internal IMMUTABLE STRICT AS 'int4range_subdiff';
CREATE TYPE days AS RANGE (subtype = int, canonical = "Whole days", subtype_diff = a_difference);
COMMENT ON FUNCTION "Whole days"(days) IS 'whole';
CREATE FUNCTION another(days) RETURNS days LANGUAGE internal IMMUTABLE STRICT AS 'int4range_canonical';
CREATE TABLE t (a days, b days_multirange DEFAULT '{}');

-- PAIR operator classes that became the default of a type before and after what uses it
-- NEW
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION pair_lt(x pair, y pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT (x).a < (y).a';
CREATE FUNCTION pair_cmp(x pair, y pair) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT (x).a - (y).a';
CREATE OPERATOR <<< (function = pair_lt, leftarg = pair, rightarg = pair);
CREATE TYPE early AS RANGE (subtype = pair);
CREATE TABLE ps (p pair);
CREATE INDEX ps_early ON ps (p, (ROW(1, 2)::pair));
CREATE OPERATOR CLASS pair_ops DEFAULT FOR TYPE pair USING btree AS OPERATOR 1 <<<, FUNCTION 1 pair_cmp(pair, pair);
CREATE INDEX ps_late ON ps (p, (ROW(1, 2)::pair));
CREATE TYPE a_late AS RANGE (subtype = pair);
CREATE TABLE t (a early, b a_late);

-- PAIR another result of the function of a cast that a view, a default, a check and an index use
-- OLD
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION int_of(p pair, n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT (p).a';
CREATE CAST (pair AS int) WITH FUNCTION int_of(pair, int);
CREATE TABLE t (n int DEFAULT (ROW(1, 2)::pair)::int, p pair, CHECK (p::int > 3));
CREATE INDEX t_p ON t ((p::int));
CREATE VIEW v AS SELECT p::int AS n FROM t;
CREATE FUNCTION a_first(p pair) RETURNS int LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT p::int; END;
-- NEW
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION int_of(p pair) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT (p).a';
CREATE CAST (pair AS int) WITH FUNCTION int_of(pair);
CREATE TABLE t (n int DEFAULT (ROW(1, 2)::pair)::int, p pair, CHECK (p::int > 3));
CREATE INDEX t_p ON t ((p::int));
CREATE VIEW v AS SELECT p::int AS n FROM t;
CREATE FUNCTION a_first(p pair) RETURNS int LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT p::int; END;

-- PAIR an operator or a cast with a function of ours, and what the function computes
-- OLD
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION pair_lt(x pair, y pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT (x).a < (y).a';
CREATE OPERATOR <<< (function = pair_lt, leftarg = pair, rightarg = pair);
CREATE FUNCTION int_of(p pair) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT (p).a';
CREATE CAST (pair AS int) WITH FUNCTION int_of(pair);
CREATE TABLE t (p pair, q pair, CONSTRAINT one CHECK (p <<< q), CONSTRAINT two CHECK (p::int > 3));
-- NEW
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION pair_lt(x pair, y pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT (x).a < (y).a';
CREATE OPERATOR <<< (function = pair_lt, leftarg = pair, rightarg = pair);
CREATE FUNCTION int_of(p pair) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT (p).a';
CREATE CAST (pair AS int) WITH FUNCTION int_of(pair);
CREATE TABLE t (p pair, q pair, CONSTRAINT one CHECK ((p).a < (q).a), CONSTRAINT two CHECK ((p).a > 3));

-- PAIR 17: a NOT NULL of a domain goes and comes with its name
-- OLD
CREATE DOMAIN goes AS text CONSTRAINT "goes's" NOT NULL;
CREATE DOMAIN moves AS text DEFAULT 'x' CONSTRAINT moved NOT NULL;
COMMENT ON DOMAIN moves IS 'before';
CREATE DOMAIN comes AS int;
CREATE DOMAIN stays AS int CONSTRAINT first NOT NULL;
CREATE DOMAIN usual AS int CONSTRAINT other NOT NULL;
-- NEW
CREATE DOMAIN goes AS text;
CREATE DOMAIN moves AS text;
CREATE DOMAIN comes AS int CONSTRAINT "comes" NOT NULL;
CREATE DOMAIN stays AS int CONSTRAINT second NOT NULL;
CREATE DOMAIN usual AS int NOT NULL;

-- PAIR names that types, tables, views, sequences and indexes give to each other
-- OLD
CREATE SEQUENCE a;
CREATE TYPE b AS (x int);
CREATE TYPE c AS (x int);
CREATE TYPE d AS RANGE (subtype = int);
CREATE TYPE e AS ENUM ('x');
CREATE DOMAIN f AS int;
CREATE TYPE g AS (x int);
CREATE TABLE h (x int);
CREATE VIEW i AS SELECT 1 AS x;
CREATE TYPE j AS RANGE (subtype = int, multirange_type_name = k);
CREATE TABLE holder (x e, z int);
-- NEW
CREATE TYPE a AS (x int);
CREATE VIEW b AS SELECT 1 AS x;
CREATE TABLE holder (x text, z int);
CREATE INDEX c ON holder (z);
CREATE SEQUENCE d;
CREATE TYPE e AS RANGE (subtype = int);
CREATE TYPE f AS ENUM ('y');
CREATE DOMAIN g AS int;
CREATE TYPE h AS ENUM ('z');
CREATE DOMAIN i AS text;
CREATE TABLE k (x int);

-- PAIR a name of a type that a column keeps
-- OLD
CREATE DOMAIN f AS int;
CREATE TABLE t (a int, y f);
-- NEW
CREATE TYPE f AS ENUM ('y');
CREATE TABLE t (a f, y text[]);
-- LEFT
column t.a
column t.y
domain f
enum f
-- LEFT BACK
column t.y

-- PAIR an index and a type of one name
-- NEW
CREATE TYPE state AS ENUM ('a');
CREATE TABLE t (x state);
CREATE INDEX state ON t (x);

-- PAIR enum values that a key of a partitioned table needs
-- OLD
CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE TABLE l (x e) PARTITION BY LIST (x);
CREATE TABLE l1 PARTITION OF l FOR VALUES IN ('a');
-- NEW
CREATE TYPE e AS ENUM ('a', 'c');
CREATE TABLE l (x e) PARTITION BY LIST (x);
CREATE TABLE l1 PARTITION OF l FOR VALUES IN ('a');
-- LEFT
enum e

-- PAIR enum values under generated columns of parents, partitions and children
-- OLD
CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE TABLE u (x int, y e GENERATED ALWAYS AS ('a'::e) STORED);
CREATE TABLE i (z int) INHERITS (u);
CREATE TABLE p (k int, y e GENERATED ALWAYS AS ('c'::e) STORED) PARTITION BY LIST (k);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
COMMENT ON COLUMN p1.y IS 'of the partition';
-- NEW
CREATE TYPE e AS ENUM ('a', 'c');
CREATE TABLE u (x int, y e GENERATED ALWAYS AS ('a'::e) STORED);
CREATE TABLE i (z int) INHERITS (u);
CREATE TABLE p (k int, y e GENERATED ALWAYS AS ('c'::e) STORED) PARTITION BY LIST (k);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
COMMENT ON COLUMN p1.y IS 'of the partition';

-- PAIR types and collations of columns in keys of partitioned tables
-- OLD
CREATE TABLE p (a int, b text, c int, list int) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9) PARTITION BY LIST (lower(b));
CREATE TABLE q (a text, n int DEFAULT 1) PARTITION BY LIST (a);
-- NEW
CREATE TABLE p (a bigint, b varchar(9), c bigint, list bigint) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9) PARTITION BY LIST (lower(b));
CREATE TABLE q (a text COLLATE "C", n int DEFAULT 2) PARTITION BY LIST (a);
-- LEFT
column p.a
column p.b
column q.a
table p1
-- LEFT BACK
column p.a
column p.b
column q.a
table p1

-- PAIR 18: a domain's NOT NULL and check that give each other their names
-- OLD
CREATE DOMAIN d AS int CONSTRAINT x NOT NULL CONSTRAINT y CHECK (VALUE > 0);
CREATE DOMAIN e AS int CONSTRAINT x NOT NULL CONSTRAINT y CHECK (VALUE > 0);
CREATE DOMAIN f AS int CONSTRAINT x NOT NULL;
CREATE TABLE t (a d, b e, c f);
-- NEW
CREATE DOMAIN d AS int CONSTRAINT y NOT NULL CONSTRAINT x CHECK (VALUE > 0);
CREATE DOMAIN e AS int CONSTRAINT y CHECK (VALUE > 1) CONSTRAINT e_not_null CHECK (VALUE > 2) CONSTRAINT x NOT NULL;
CREATE DOMAIN f AS int CONSTRAINT x CHECK (VALUE > 2);
CREATE TABLE t (a d, b e, c f);

-- PAIR columns of other tables hold rows of a table that changes
-- OLD
CREATE TABLE r (a int, b text, z int);
CREATE TABLE rs (a int, b text);
CREATE TABLE free (a int);
CREATE TABLE t (x r, y rs[]);
CREATE VIEW v AS SELECT (x).b FROM t;
-- NEW
CREATE TABLE r (a bigint, b text, c int);
CREATE TABLE rs (a int, b text, c int DEFAULT 5, d text);
CREATE TABLE free (a bigint, b int DEFAULT 5);
CREATE TABLE t (x r, y rs[]);
CREATE VIEW v AS SELECT (x).b, (x).c FROM t;
-- LEFT
column r.a
column rs.c
-- LEFT BACK
column r.a
column rs.c

-- PAIR what stands on a column of a table whose rows other tables hold
-- OLD
CREATE TABLE r (a int, b text);
CREATE TABLE t (id int, x r);
CREATE VIEW v AS SELECT (x).a FROM t;
CREATE VIEW w AS SELECT a FROM r;
CREATE TABLE o (a int);
-- NEW
CREATE TABLE r (a bigint, b text, c int NOT NULL DEFAULT 5);
CREATE TABLE t (id bigint, x r);
CREATE VIEW v AS SELECT (x).a FROM t;
CREATE VIEW w AS SELECT a FROM r;
CREATE INDEX r_c ON r (c);
CREATE TABLE o (a bigint);
-- LEFT
column r.a
column r.c
index r_c on r
view v
view w
-- LEFT BACK
column r.a
column r.c
view v
view w

-- PAIR columns hold rows of a table by way of domains, composite types, views and partitions
-- OLD
CREATE TABLE r (a int);
CREATE DOMAIN d AS r;
CREATE TYPE c AS (x d);
CREATE TABLE t (x c);
CREATE TABLE p (k int, a int) PARTITION BY LIST (k);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE q (x p1);
CREATE UNLOGGED TABLE u (a int);
CREATE TABLE s (x u);
CREATE TABLE m (x int);
-- NEW
CREATE TABLE r (a bigint);
CREATE DOMAIN d AS r;
CREATE TYPE c AS (x d);
CREATE TABLE t (x c);
CREATE TABLE p (k int, a bigint) PARTITION BY LIST (k);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE q (x p1);
CREATE TABLE u (a int);
CREATE TABLE s (x u);
CREATE TABLE m (x bigint);
-- LEFT
column p.a
column r.a
table u
-- LEFT BACK
column p.a
column r.a
table u

-- PAIR columns hold rows of a view that changes, or that stands on what changes
-- OLD
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE TABLE b (a int, n int, gone int);
CREATE VIEW below AS SELECT a, gone FROM b;
CREATE VIEW v AS SELECT f(a) AS a, gone FROM below;
CREATE VIEW q AS SELECT n FROM b;
CREATE TABLE t (x v, y q[]);
-- NEW
CREATE FUNCTION f(int) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1::bigint';
CREATE TABLE b (a bigint, n int);
CREATE VIEW below AS SELECT a FROM b;
CREATE VIEW v AS SELECT f(a::int) AS a FROM below;
CREATE VIEW q AS SELECT n + 1 AS n FROM b;
CREATE TABLE t (x v, y q[]);
-- LEFT
column b.a
column b.gone
function f(integer)
view below
view q
view v
-- LEFT BACK
column b.a
function f(integer)
view below
view q
view v

-- PAIR an enum in a table whose rows columns hold
-- OLD
CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE TABLE r (a e);
CREATE TABLE t (x r);
-- NEW
CREATE TYPE e AS ENUM ('a', 'c');
CREATE TABLE r (a e);
CREATE TABLE t (x r);
-- LEFT
enum e
