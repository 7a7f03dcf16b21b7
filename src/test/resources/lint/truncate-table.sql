-- flagged: two tables
TRUNCATE TABLE payments, feelings RESTART IDENTITY;
-- flagged: the short form
TRUNCATE ONLY payments;
-- clean: a new table
CREATE TABLE work AS SELECT id FROM orders;
TRUNCATE work;
