-- title: Create the parcels
CREATE TYPE parcel_state AS ENUM ('packed', 'sent', 'delivered');
CREATE TABLE parcels (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL,
  state parcel_state NOT NULL DEFAULT 'packed'
);
