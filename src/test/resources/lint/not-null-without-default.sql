-- flagged: nothing to fill it with
ALTER TABLE orders ADD COLUMN channel text NOT NULL;
-- flagged: NULL is no default
ALTER TABLE orders ADD COLUMN IF NOT EXISTS channel text DEFAULT NULL NOT NULL;
-- clean: a default
ALTER TABLE orders ADD COLUMN channel text NOT NULL DEFAULT 'shop';
-- clean: nullable, also said so
ALTER TABLE orders ADD COLUMN channel text, ADD COLUMN b text NULL, ADD COLUMN c bigint REFERENCES customers ON DELETE SET NULL;
-- clean: a new table
CREATE TABLE refunds (id bigint NOT NULL);
ALTER TABLE refunds ADD COLUMN note text NOT NULL;
