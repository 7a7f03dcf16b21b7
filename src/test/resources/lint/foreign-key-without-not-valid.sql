-- flagged: with a name
ALTER TABLE payments ADD CONSTRAINT payments_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE;
-- flagged: beside a new column that has a value
ALTER TABLE orders ADD COLUMN recipient_id bigint DEFAULT 1 REFERENCES customers;
-- clean: not valid
ALTER TABLE payments ADD CONSTRAINT payments_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE SET NULL NOT VALID;
-- clean: beside a new column that is null everywhere
ALTER TABLE orders ADD COLUMN recipient_id bigint REFERENCES customers ON DELETE SET DEFAULT ON UPDATE NO ACTION;
-- clean: a new table
CREATE TABLE refunds (order_id bigint REFERENCES orders);
ALTER TABLE refunds ADD FOREIGN KEY (order_id) REFERENCES orders;
