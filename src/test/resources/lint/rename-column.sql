-- flagged: a column
ALTER TABLE orders RENAME COLUMN total TO amount;
-- flagged: without the word, and of a view
ALTER VIEW open_orders RENAME status TO state;
-- clean: a constraint
ALTER TABLE orders RENAME CONSTRAINT orders_total TO orders_total_positive;
-- clean: a new table
CREATE TABLE refunds (a bigint);
ALTER TABLE refunds RENAME a TO id;
