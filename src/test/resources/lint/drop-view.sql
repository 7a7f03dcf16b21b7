-- flagged: a view
DROP VIEW open_orders;
-- flagged: a materialized view
DROP MATERIALIZED VIEW IF EXISTS totals;
-- clean: it is there again
DROP VIEW open_orders;
CREATE VIEW open_orders AS SELECT id, status, placed FROM orders;
-- clean: replaced
CREATE OR REPLACE VIEW open_orders AS SELECT id, status, placed FROM orders;
