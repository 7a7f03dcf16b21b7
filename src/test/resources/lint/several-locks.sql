-- flagged: two tables, one after the other
ALTER TABLE orders ADD COLUMN a text;
ALTER TABLE payments ADD COLUMN a text;
-- flagged: a trigger is a lock too
ALTER TABLE payments ADD COLUMN a text;
CREATE TRIGGER orders_touch2 BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION touch();
-- flagged: a new table that refers to another
ALTER TABLE payments ADD COLUMN a text;
CREATE TABLE refunds (order_id bigint REFERENCES orders);
-- clean: one statement may need two
ALTER TABLE payments ADD CONSTRAINT payments_order FOREIGN KEY (order_id) REFERENCES orders NOT VALID;
ALTER TABLE orders ADD COLUMN a text;
-- clean: one table, however often
ALTER TABLE orders ADD COLUMN a text;
COMMENT ON COLUMN orders.a IS 'new';
ALTER TABLE public.orders ALTER COLUMN a SET DEFAULT 'x';
-- clean: new tables, rows of old ones
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint REFERENCES a);
INSERT INTO customers (id, name) VALUES (9, 'Grace');
UPDATE payments SET amount = 2;
-- clean: locks that let the application work
ALTER TABLE orders VALIDATE CONSTRAINT orders_total;
ALTER TABLE payments ALTER COLUMN amount SET STATISTICS 100;
COMMENT ON TABLE customers IS 'who buys';
