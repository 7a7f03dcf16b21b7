-- flagged: nothing proves it
ALTER TABLE orders ALTER COLUMN status SET NOT NULL;
-- flagged: the check was never validated
ALTER TABLE orders ALTER COLUMN quantity SET NOT NULL;
-- flagged: a check of something else
ALTER TABLE orders ADD CONSTRAINT a CHECK (status IS NOT NULL OR total IS NULL) NOT VALID, ALTER status SET NOT NULL;
-- flagged (18): the same as a constraint
ALTER TABLE orders ADD CONSTRAINT orders_status_known NOT NULL status;
-- clean: a validated check proves it
ALTER TABLE orders ALTER COLUMN customer_id SET NOT NULL;
-- clean (18): to be validated later
ALTER TABLE orders ADD CONSTRAINT orders_status_known NOT NULL status NOT VALID;
-- clean: a new table
CREATE TABLE refunds (id bigint);
ALTER TABLE refunds ALTER COLUMN id SET NOT NULL;
-- clean: the other way round
ALTER TABLE customers ALTER COLUMN name DROP NOT NULL;
