-- Measurements by blocks. No release has been made that keeps any in the tables before these.
DROP TABLE measurements;
DROP TABLE agent_series;
DROP TABLE series;

-- What arrived and is not in a block yet. The upper part of a key is a lane: rows are added at its end and removed from its front.
CREATE TABLE measurement_journal (
  entry_key BIGINT NOT NULL PRIMARY KEY,
  written_time BIGINT NOT NULL,
  data BYTEA NOT NULL
);

-- A server's series, and what its agent calls them.
CREATE TABLE measurement_series (
  server_id TEXT NOT NULL PRIMARY KEY,
  data BYTEA NOT NULL
);

-- Readings of a server over some time: never overlapping, none over the end of a day.
CREATE TABLE measurement_blocks (
  server_id TEXT NOT NULL,
  start_time BIGINT NOT NULL,
  end_time BIGINT NOT NULL,
  instant_count BIGINT NOT NULL,
  data BYTEA NOT NULL,
  PRIMARY KEY (server_id, start_time)
);

-- Days of a server in parts of equal length.
CREATE TABLE measurement_rollups (
  server_id TEXT NOT NULL,
  resolution BIGINT NOT NULL,
  day BIGINT NOT NULL,
  data BYTEA NOT NULL,
  PRIMARY KEY (server_id, resolution, day)
);

-- What could not be read.
CREATE TABLE measurement_damage (
  damage_id TEXT NOT NULL PRIMARY KEY,
  found_time BIGINT NOT NULL,
  server_id TEXT,
  part BIGINT NOT NULL,
  reason TEXT NOT NULL,
  data BYTEA NOT NULL
);

-- What is packed already does not get smaller.
ALTER TABLE measurement_journal ALTER COLUMN data SET STORAGE EXTERNAL;
ALTER TABLE measurement_blocks ALTER COLUMN data SET STORAGE EXTERNAL;
ALTER TABLE measurement_rollups ALTER COLUMN data SET STORAGE EXTERNAL;
