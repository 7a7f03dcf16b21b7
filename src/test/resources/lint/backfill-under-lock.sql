-- flagged: the new column is filled at once
ALTER TABLE orders ADD COLUMN channel text;
UPDATE orders SET channel = 'shop';
-- flagged: rows are deleted under a lock taken by hand
LOCK TABLE payments IN SHARE ROW EXCLUSIVE MODE;
DELETE FROM payments WHERE amount = 0;
-- clean: filled by a script of its own
UPDATE orders SET note = 'x' WHERE note IS NULL;
-- clean: before the lock
UPDATE payments SET amount = 0 WHERE amount IS NULL;
ALTER TABLE payments ALTER COLUMN amount SET DEFAULT 0;
-- clean: a new table
CREATE TABLE refunds (id bigint);
UPDATE refunds SET id = 1;
-- clean: new rows are few
ALTER TABLE customers ADD COLUMN vip boolean;
INSERT INTO customers (id, name) VALUES (7, 'Grace');
