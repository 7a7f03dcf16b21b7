-- flagged: with a name
ALTER TABLE orders ADD CONSTRAINT orders_quantity CHECK (quantity > 0);
-- flagged: without a name; the string says nothing
ALTER TABLE orders ADD CHECK (status <> 'NOT VALID');
-- flagged: beside a new column
ALTER TABLE orders ADD COLUMN channel text CHECK (channel IN ('shop', 'phone'));
-- clean: not valid
ALTER TABLE orders ADD CONSTRAINT orders_quantity CHECK (quantity > 0) NOT VALID;
-- clean: a new table
CREATE TABLE refunds (amount numeric CHECK (amount > 0));
ALTER TABLE refunds ADD CHECK (amount < 1000);
