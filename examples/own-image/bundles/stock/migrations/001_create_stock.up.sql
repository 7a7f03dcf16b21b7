-- title: Create the stock
CREATE TABLE stock (
  item text PRIMARY KEY,
  pieces integer NOT NULL CHECK (pieces >= 0)
);
