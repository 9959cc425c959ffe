-- What servers' clocks were, when that was news: offset, drift, steps (DESIGN 3). Kept to explain when a fault was detected.
CREATE TABLE agent_clocks (
  server_id TEXT NOT NULL,
  measured_time BIGINT NOT NULL,
  boot_id TEXT NOT NULL,
  uptime_microseconds BIGINT NOT NULL,
  offset_microseconds BIGINT NOT NULL,
  step_microseconds BIGINT,
  drift_ppm DOUBLE PRECISION,
  PRIMARY KEY (server_id, measured_time)
);
