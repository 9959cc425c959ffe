-- Roots and catalogues that were published, and what servers hold of them.
CREATE TABLE published_roots (
  version BIGINT NOT NULL PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  envelope BYTEA NOT NULL,
  expiry_time BIGINT NOT NULL,
  published_time BIGINT NOT NULL,
  published_by TEXT NOT NULL
);

CREATE TABLE published_catalogues (
  version BIGINT NOT NULL PRIMARY KEY,
  sha256 TEXT NOT NULL,
  envelope BYTEA NOT NULL,
  expiry_time BIGINT NOT NULL,
  published_time BIGINT NOT NULL,
  published_by TEXT NOT NULL
);

CREATE TABLE server_catalogues (
  server_id TEXT NOT NULL PRIMARY KEY REFERENCES servers (server_id),
  pinned BIGINT NOT NULL,
  root_version BIGINT NOT NULL,
  root_expiry_time BIGINT,
  catalogue_version BIGINT NOT NULL,
  catalogue_expiry_time BIGINT,
  catalogue_sha256 TEXT NOT NULL,
  refusal TEXT NOT NULL,
  refusal_detail TEXT NOT NULL,
  reported_time BIGINT NOT NULL
);
