-- flagged: readers wait
REFRESH MATERIALIZED VIEW totals;
-- clean: they do not
REFRESH MATERIALIZED VIEW CONCURRENTLY totals;
-- clean: nobody reads it yet
CREATE MATERIALIZED VIEW recent AS SELECT id FROM orders WITH NO DATA;
REFRESH MATERIALIZED VIEW recent;
