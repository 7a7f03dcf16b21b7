-- flagged: rows of the table are changed once it hides some
ALTER TABLE payments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
UPDATE payments SET amount = 0 WHERE amount IS NULL;
-- flagged: rows are read to fill another table
ALTER TABLE payments ENABLE ROW LEVEL SECURITY;
ALTER TABLE payments FORCE ROW LEVEL SECURITY;
INSERT INTO feelings (id) SELECT p.id + 10 FROM orders o JOIN payments p ON p.order_id = o.id;
-- flagged: a new table is filled from it
ALTER TABLE payments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE TABLE old_payments AS SELECT * FROM payments;
-- flagged: deleted behind WITH
ALTER TABLE payments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
WITH gone AS (DELETE FROM payments WHERE amount = 0 RETURNING id) SELECT count(*) FROM gone;
-- flagged: the setting was put back
ALTER TABLE payments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
SET row_security = off;
RESET row_security;
DELETE FROM payments;
-- clean: the owner of the table is not concerned
ALTER TABLE payments ENABLE ROW LEVEL SECURITY;
UPDATE payments SET amount = 0 WHERE amount IS NULL;
-- clean: PostgreSQL refuses what it would filter
ALTER TABLE payments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
SET LOCAL row_security TO off;
UPDATE payments SET amount = 0 WHERE amount IS NULL;
-- clean: lifted for the while
ALTER TABLE payments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE payments NO FORCE ROW LEVEL SECURITY;
UPDATE payments SET amount = 0 WHERE amount IS NULL;
-- clean: another table
ALTER TABLE payments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
UPDATE orders SET note = 'x' WHERE note IS NULL;
-- clean: new rows are refused where they may not be, and not dropped
ALTER TABLE payments ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
INSERT INTO payments VALUES (2, 1, 1);
