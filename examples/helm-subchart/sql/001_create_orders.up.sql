-- title: Create the orders
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer text NOT NULL,
  placed timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX orders_customer ON orders (customer);
