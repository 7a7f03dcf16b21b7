-- flagged: a view
ALTER VIEW IF EXISTS open_orders RENAME TO orders_to_do;
-- flagged: a materialized view
ALTER MATERIALIZED VIEW totals RENAME TO sums;
-- clean: the old name lives on
ALTER VIEW open_orders RENAME TO orders_to_do;
CREATE VIEW open_orders AS SELECT * FROM orders_to_do;
-- clean: a new view
CREATE VIEW a AS SELECT 1 AS b;
ALTER VIEW a RENAME TO b;
