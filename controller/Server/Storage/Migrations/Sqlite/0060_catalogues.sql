-- Roots and catalogues that were published, and what servers hold of them.
CREATE TABLE published_roots (
  version INTEGER NOT NULL PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  envelope BLOB NOT NULL,
  expiry_time INTEGER NOT NULL,
  published_time INTEGER NOT NULL,
  published_by TEXT NOT NULL
);

CREATE TABLE published_catalogues (
  version INTEGER NOT NULL PRIMARY KEY,
  sha256 TEXT NOT NULL,
  envelope BLOB NOT NULL,
  expiry_time INTEGER NOT NULL,
  published_time INTEGER NOT NULL,
  published_by TEXT NOT NULL
);

CREATE TABLE server_catalogues (
  server_id TEXT NOT NULL PRIMARY KEY REFERENCES servers (server_id),
  pinned INTEGER NOT NULL,
  root_version INTEGER NOT NULL,
  root_expiry_time INTEGER,
  catalogue_version INTEGER NOT NULL,
  catalogue_expiry_time INTEGER,
  catalogue_sha256 TEXT NOT NULL,
  refusal TEXT NOT NULL,
  refusal_detail TEXT NOT NULL,
  reported_time INTEGER NOT NULL
);
