-- What servers' clocks were, when that was news: offset, drift, steps (DESIGN 3). Kept to explain when a fault was detected.
CREATE TABLE agent_clocks (
  server_id TEXT NOT NULL,
  measured_time INTEGER NOT NULL,
  boot_id TEXT NOT NULL,
  uptime_microseconds INTEGER NOT NULL,
  offset_microseconds INTEGER NOT NULL,
  step_microseconds INTEGER,
  drift_ppm REAL,
  PRIMARY KEY (server_id, measured_time)
);
