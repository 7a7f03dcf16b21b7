-- title: Create the payments
CREATE TABLE payments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL,
  cents bigint NOT NULL CHECK (cents > 0),
  paid timestamptz
);
