-- flagged: another name
ALTER TABLE orders RENAME TO purchases;
-- flagged: another schema
CREATE SCHEMA shop;
ALTER TABLE orders SET SCHEMA shop;
-- clean: a view stands in for it
ALTER TABLE payments RENAME TO receipts;
CREATE VIEW payments AS SELECT * FROM receipts;
-- clean: a new table
CREATE TABLE a (id bigint);
ALTER TABLE a RENAME TO b;
-- clean: an index
ALTER INDEX orders_status RENAME TO orders_by_status;
