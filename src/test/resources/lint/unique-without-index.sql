-- flagged: unique
ALTER TABLE orders ADD CONSTRAINT orders_once UNIQUE (customer_id, placed);
-- flagged: a primary key
ALTER TABLE events_2026 ADD COLUMN id bigint DEFAULT 1, ADD PRIMARY KEY (id);
-- flagged: beside a new column
ALTER TABLE orders ADD COLUMN number bigint UNIQUE;
-- clean: from an index that is there
ALTER TABLE orders ADD CONSTRAINT orders_reference UNIQUE USING INDEX orders_reference;
-- clean: a new table
CREATE TABLE refunds (id bigint, UNIQUE (id));
ALTER TABLE refunds ADD PRIMARY KEY (id);
