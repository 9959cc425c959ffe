-- Records: customers and what they rent.
CREATE TABLE customers (
  customer_id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  email TEXT NOT NULL,
  created_time BIGINT NOT NULL
);
CREATE UNIQUE INDEX customers_by_name ON customers (name_key);

CREATE TABLE servers (
  server_id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (customer_id),
  kind BIGINT NOT NULL,
  rack TEXT,
  host_id TEXT REFERENCES servers (server_id),
  fee_cents BIGINT NOT NULL,
  fee_period BIGINT NOT NULL,
  from_date TEXT NOT NULL,
  backup_option BIGINT NOT NULL,
  created_time BIGINT NOT NULL
);
CREATE UNIQUE INDEX servers_by_name ON servers (name_key);
CREATE INDEX servers_of_customer ON servers (customer_id);
CREATE INDEX servers_on_host ON servers (host_id);

-- What technicians add to the checks that an agent finds by itself.
CREATE TABLE server_checks (
  server_id TEXT NOT NULL PRIMARY KEY REFERENCES servers (server_id),
  version BIGINT NOT NULL,
  interval_seconds BIGINT,
  services TEXT NOT NULL
);
