-- Measurements by blocks. No release has been made that keeps any in the tables before these.
DROP TABLE measurements;
DROP TABLE agent_series;
DROP TABLE series;

-- What arrived and is not in a block yet. The upper part of a key is a lane: rows are added at its end and removed from its front.
CREATE TABLE measurement_journal (
  entry_key INTEGER NOT NULL PRIMARY KEY,
  written_time INTEGER NOT NULL,
  data BLOB NOT NULL
);

-- A server's series, and what its agent calls them.
CREATE TABLE measurement_series (
  server_id TEXT NOT NULL PRIMARY KEY,
  data BLOB NOT NULL
);

-- Readings of a server over some time: never overlapping, none over the end of a day.
CREATE TABLE measurement_blocks (
  server_id TEXT NOT NULL,
  start_time INTEGER NOT NULL,
  end_time INTEGER NOT NULL,
  instant_count INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (server_id, start_time)
);

-- Days of a server in parts of equal length.
CREATE TABLE measurement_rollups (
  server_id TEXT NOT NULL,
  resolution INTEGER NOT NULL,
  day INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (server_id, resolution, day)
);

-- What could not be read.
CREATE TABLE measurement_damage (
  damage_id TEXT NOT NULL PRIMARY KEY,
  found_time INTEGER NOT NULL,
  server_id TEXT,
  part INTEGER NOT NULL,
  reason TEXT NOT NULL,
  data BLOB NOT NULL
);
