-- flagged: used by a row
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'fine' AFTER 'good';
UPDATE feelings SET mood = 'fine';
-- flagged: used by a default
ALTER TYPE mood ADD VALUE 'it''s fine';
ALTER TABLE feelings ALTER COLUMN mood SET DEFAULT 'it''s fine';
-- clean: used by a later script
ALTER TYPE mood ADD VALUE 'fine';
-- clean: another value is used, and one stands beside the new one
ALTER TYPE mood ADD VALUE 'fine';
ALTER TYPE mood ADD VALUE 'finer' AFTER 'fine';
UPDATE feelings SET mood = 'bad';
-- clean: the type is created with all its values
CREATE TYPE size AS ENUM ('s', 'm');
CREATE TABLE shirts (size size DEFAULT 'm');
