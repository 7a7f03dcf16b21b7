-- flagged: a column
ALTER TABLE orders DROP COLUMN note;
-- flagged: without the word, beside others
ALTER TABLE orders ALTER placed SET DEFAULT now(), DROP IF EXISTS note CASCADE;
-- clean: a constraint, a default
ALTER TABLE orders DROP CONSTRAINT orders_total, ALTER COLUMN placed DROP DEFAULT;
-- clean: a new table
CREATE TABLE refunds (id bigint, note text);
ALTER TABLE refunds DROP note;
