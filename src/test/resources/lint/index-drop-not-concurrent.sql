-- flagged: one index
DROP INDEX orders_status;
-- flagged: two of one table
DROP INDEX IF EXISTS orders_status, public.orders_reference CASCADE;
-- clean: concurrently
DROP INDEX CONCURRENTLY IF EXISTS orders_status;
-- clean: PostgreSQL cannot do it concurrently for a partitioned table
DROP INDEX events_what;
-- clean: an index of this script
CREATE TABLE refunds (id bigint);
CREATE INDEX refunds_id ON refunds (id);
DROP INDEX refunds_id;
