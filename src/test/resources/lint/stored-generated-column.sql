-- flagged: stored
ALTER TABLE orders ADD COLUMN gross numeric GENERATED ALWAYS AS (total * 1.19) STORED;
-- clean: in a new table
CREATE TABLE refunds (amount numeric, gross numeric GENERATED ALWAYS AS (amount * 1.19) STORED);
-- clean (18): virtual
ALTER TABLE orders ADD COLUMN gross numeric GENERATED ALWAYS AS (total * 1.19) VIRTUAL;
