-- The schema that the samples meet: earlier migrations have created it, and it has rows.
CREATE TABLE customers (
    id    bigint PRIMARY KEY,
    name  varchar(40) NOT NULL,
    email text,
    code  char(4),
    phone varchar(20),
    seen  timestamp
);
CREATE TABLE orders (
    id          bigint PRIMARY KEY,
    customer_id bigint,
    status      text,
    total       numeric(10,2),
    note        varchar(100),
    reference   text,
    quantity    integer,
    origin      cidr,
    placed      timestamptz,
    shipped     timestamp,
    period      int4range
);
CREATE INDEX orders_status ON orders (status);
CREATE UNIQUE INDEX orders_reference ON orders (reference);
CREATE INDEX orders_shipped ON orders (shipped);
ALTER TABLE orders ADD CONSTRAINT orders_total CHECK (total >= 0) NOT VALID;
ALTER TABLE orders ADD CONSTRAINT orders_customer_known CHECK (customer_id IS NOT NULL);
ALTER TABLE orders ADD CONSTRAINT orders_quantity_known CHECK ((quantity IS NOT NULL)) NOT VALID;
ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers;
CREATE TABLE payments (id bigint PRIMARY KEY, order_id bigint REFERENCES orders, amount numeric);
CREATE TABLE events (at timestamptz NOT NULL, what text) PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 (at timestamptz NOT NULL, what text);
CREATE INDEX events_what ON events (what);
CREATE VIEW open_orders AS SELECT id, status FROM orders WHERE status = 'open';
CREATE MATERIALIZED VIEW totals AS SELECT customer_id, count(*) AS total FROM orders GROUP BY customer_id;
CREATE UNIQUE INDEX totals_customer ON totals (customer_id);
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE feelings (id bigint PRIMARY KEY, mood mood);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
INSERT INTO customers VALUES (1, 'Ada', 'ada@example.org', 'A1', '1', now());
INSERT INTO orders (id, customer_id, status, total, reference, quantity) VALUES (1, 1, 'open', 1, 'r1', 1);
INSERT INTO payments VALUES (1, 1, 1);
INSERT INTO feelings VALUES (1, 'good');
