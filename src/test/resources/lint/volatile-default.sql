-- flagged: a random value
ALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid();
-- flagged: the clock's time, among other actions
ALTER TABLE orders ADD a integer DEFAULT 1, ADD b timestamptz NOT NULL DEFAULT clock_timestamp(), ADD c text;
-- flagged: a sequence of one's own
CREATE SEQUENCE numbers;
ALTER TABLE orders ADD COLUMN number bigint DEFAULT nextval('numbers');
-- flagged: inside an expression
ALTER TABLE orders ADD COLUMN token text DEFAULT 'x' || upper(md5(random()::text)) || '-';
-- flagged: a function that somebody wrote
CREATE FUNCTION make_token() RETURNS text LANGUAGE sql AS 'SELECT ''x'' || random()';
ALTER TABLE orders ADD COLUMN token text DEFAULT make_token();
-- clean: a constant
ALTER TABLE orders ADD COLUMN source text NOT NULL DEFAULT 'shop (random())';
-- clean: the time of the transaction is the same for every row
ALTER TABLE orders ADD COLUMN changed timestamptz NOT NULL DEFAULT now(), ADD COLUMN day date DEFAULT CURRENT_DATE;
-- clean: stable functions and casts with modifiers
ALTER TABLE orders ADD COLUMN a jsonb DEFAULT jsonb_build_object('a', 1), ADD COLUMN b varchar(9) DEFAULT 'x'::varchar(9),
    ADD COLUMN c numeric(4,1) DEFAULT CAST(1 AS numeric(4,1)), ADD COLUMN d text[] DEFAULT ARRAY['a', 'b']::text[],
    ADD COLUMN e timestamptz(3) DEFAULT CURRENT_TIMESTAMP(3), ADD COLUMN f text DEFAULT coalesce(NULL, (lower('X'))),
    ADD COLUMN g date DEFAULT (now() AT TIME ZONE 'UTC')::date;
-- clean: for rows to come only
ALTER TABLE orders ALTER COLUMN reference SET DEFAULT gen_random_uuid()::text;
-- clean: a new table
CREATE TABLE refunds (id uuid PRIMARY KEY DEFAULT gen_random_uuid());
ALTER TABLE refunds ADD COLUMN token uuid DEFAULT gen_random_uuid();
