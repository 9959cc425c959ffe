-- Rows of components lie apart from their key: facts and evidence are kilobytes, and a search by a key that lies among them reads them all.
CREATE TABLE components_apart (
  server_id TEXT NOT NULL,
  component_id TEXT NOT NULL,
  kind INTEGER NOT NULL,
  title TEXT NOT NULL,
  health INTEGER NOT NULL,
  reason TEXT NOT NULL,
  evidence TEXT NOT NULL,
  observed_time INTEGER NOT NULL,
  since_time INTEGER NOT NULL,
  last_read_time INTEGER,
  interval_microseconds INTEGER NOT NULL,
  confirmation TEXT NOT NULL,
  facts TEXT NOT NULL,
  present INTEGER NOT NULL,
  observed_boot_id TEXT NOT NULL DEFAULT '',
  observed_uptime_microseconds INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (server_id, component_id)
);
INSERT INTO components_apart SELECT server_id, component_id, kind, title, health, reason, evidence, observed_time, since_time, last_read_time,
  interval_microseconds, confirmation, facts, present, observed_boot_id, observed_uptime_microseconds FROM components;
DROP TABLE components;
ALTER TABLE components_apart RENAME TO components;
CREATE INDEX components_by_read ON components (last_read_time) WHERE kind IN (6, 7);

-- What agents are in doubt or silent, asked every few seconds; and the worst of each server, asked by every page.
CREATE INDEX components_of_agents ON components (component_id, health, server_id) WHERE kind = 8;
CREATE INDEX components_by_health ON components (server_id, present, health);
