-- flagged: no longer logged
ALTER TABLE feelings SET UNLOGGED;
-- flagged: clustered
CLUSTER payments USING payments_pkey;
-- flagged: vacuumed with its files
VACUUM (FULL, ANALYZE) orders;
-- clean: an ordinary vacuum
VACUUM (FULL off, ANALYZE) orders;
-- clean: settings of the table
ALTER TABLE orders SET (fillfactor = 80), SET WITHOUT CLUSTER;
-- clean: a new table
CREATE UNLOGGED TABLE refunds (id bigint);
ALTER TABLE refunds SET LOGGED;
