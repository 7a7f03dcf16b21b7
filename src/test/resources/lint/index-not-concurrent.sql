-- flagged: a plain index
CREATE INDEX orders_placed ON orders (placed);
-- flagged: a unique index without a name, on a table with a schema
CREATE UNIQUE INDEX ON public.orders USING btree (placed, id);
-- flagged: a table that an earlier migration has created is not new
CREATE TABLE IF NOT EXISTS orders (id bigint);
CREATE INDEX IF NOT EXISTS orders_placed ON ONLY orders (placed);
CREATE INDEX orders_placed2 ON orders (placed);
-- flagged: all partitions at once
CREATE INDEX events_at ON events (at);
-- flagged: a materialized view
CREATE INDEX totals_total ON totals (total);
-- clean: concurrently, in a script of its own
CREATE INDEX CONCURRENTLY orders_placed ON orders (placed);
-- clean: the table is as new as the index
CREATE TABLE refunds (id bigint, order_id bigint);
CREATE INDEX refunds_order ON refunds (order_id);
-- clean: new, and renamed on the way
CREATE TABLE new_refunds (id bigint);
ALTER TABLE new_refunds RENAME TO refunds;
CREATE INDEX refunds_id ON refunds (id);
-- clean: a materialized view that is as new
CREATE MATERIALIZED VIEW recent AS SELECT id FROM orders;
CREATE UNIQUE INDEX recent_id ON recent (id);
-- clean: on the partitioned table alone nothing is built
CREATE INDEX events_at ON ONLY events (at);
-- clean: a temporary table
CREATE TEMP TABLE batch (id bigint);
CREATE INDEX ON batch (id);
