-- flagged: a wider integer
ALTER TABLE orders ALTER COLUMN quantity TYPE bigint;
-- flagged: a narrower varchar
ALTER TABLE orders ALTER note SET DATA TYPE varchar(50);
-- flagged: another scale
ALTER TABLE orders ALTER COLUMN total TYPE numeric(12,4);
-- flagged: from char, which is padded
ALTER TABLE customers ALTER COLUMN code TYPE text;
-- flagged: text with a limit
ALTER TABLE orders ALTER COLUMN reference TYPE varchar(500);
-- flagged: an expression of one's own
ALTER TABLE orders ALTER COLUMN note TYPE varchar(200) USING left(note, 200);
-- flagged: no rewrite, but its index is built anew
ALTER TABLE orders ALTER COLUMN shipped TYPE timestamptz;
-- flagged: one among harmless ones
ALTER TABLE orders ALTER COLUMN note TYPE text, ALTER COLUMN total TYPE numeric(9,2), ALTER COLUMN origin TYPE inet;
-- clean: a wider varchar, and none
ALTER TABLE orders ALTER COLUMN note TYPE varchar(200);
ALTER TABLE orders ALTER COLUMN note TYPE varchar;
-- clean: varchar to text, with the cast spelled out
ALTER TABLE orders ALTER COLUMN note TYPE text USING (note::text);
-- clean: text without a limit
ALTER TABLE orders ALTER COLUMN reference TYPE character varying;
-- clean: more digits, and any number of them
ALTER TABLE orders ALTER COLUMN total TYPE numeric(14,2);
ALTER TABLE orders ALTER COLUMN total TYPE numeric;
-- clean: cidr to inet
ALTER TABLE orders ALTER COLUMN origin TYPE inet;
-- clean: a run's time zone is UTC, so both look the same
ALTER TABLE customers ALTER COLUMN seen TYPE timestamptz;
-- clean: a new table
CREATE TABLE refunds (id integer);
ALTER TABLE refunds ALTER COLUMN id TYPE bigint;
