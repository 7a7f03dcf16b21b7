-- flagged: a check
ALTER TABLE orders ADD CONSTRAINT orders_quantity CHECK (quantity > 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_quantity;
-- flagged: a foreign key
ALTER TABLE payments ADD CONSTRAINT payments_order FOREIGN KEY (order_id) REFERENCES orders NOT VALID;
ALTER TABLE public.payments VALIDATE CONSTRAINT "payments_order";
-- clean: added by an earlier script
ALTER TABLE orders VALIDATE CONSTRAINT orders_total, VALIDATE CONSTRAINT orders_quantity_known;
-- clean: a new table
CREATE TABLE refunds (amount numeric);
ALTER TABLE refunds ADD CONSTRAINT refunds_amount CHECK (amount > 0) NOT VALID;
ALTER TABLE refunds VALIDATE CONSTRAINT refunds_amount;
