-- flagged: with company
CREATE INDEX CONCURRENTLY orders_placed ON orders (placed);
CREATE INDEX CONCURRENTLY orders_total_index ON orders (total);
-- flagged: in a transaction
BEGIN;
VACUUM orders;
COMMIT;
-- flagged: a partition that is taken out
ALTER TABLE events DETACH PARTITION events_2025 CONCURRENTLY;
DROP TABLE IF EXISTS nothing;
-- clean: alone
VACUUM (ANALYZE) orders;
-- clean: alone, with a semicolon too many
;CREATE INDEX CONCURRENTLY orders_placed ON orders (placed);;
-- clean: nothing of the kind
BEGIN;
CREATE TABLE a (id bigint);
COMMIT;
