-- flagged: on a table with rows
ALTER TABLE orders ADD CONSTRAINT orders_period EXCLUDE USING gist (period WITH &&);
-- clean: a new table
CREATE TABLE bookings (period int4range, EXCLUDE USING gist (period WITH &&));
-- clean: a column of that name
ALTER TABLE orders ADD exclude boolean;
