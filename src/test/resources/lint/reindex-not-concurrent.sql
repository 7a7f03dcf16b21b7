-- flagged: an index
REINDEX INDEX orders_status;
-- flagged: all of a table
REINDEX (VERBOSE) TABLE orders;
-- clean: concurrently
REINDEX INDEX CONCURRENTLY orders_status;
-- clean: concurrently, as an option
REINDEX (CONCURRENTLY, VERBOSE) TABLE orders;
-- clean: of a new table
CREATE TABLE refunds (id bigint PRIMARY KEY);
REINDEX TABLE refunds;
