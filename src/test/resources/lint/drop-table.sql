-- flagged: a table
DROP TABLE payments;
-- flagged: a schema with all in it
DROP SCHEMA IF EXISTS archive CASCADE;
-- clean: a table of this script
CREATE TABLE work (id bigint);
DROP TABLE work;
-- clean: a temporary table
CREATE TEMPORARY TABLE work (id bigint);
DROP TABLE work;
