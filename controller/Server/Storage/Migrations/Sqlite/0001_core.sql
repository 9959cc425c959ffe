-- Audit: a chain, only ever added to.
CREATE TABLE audit_entries (
  sequence INTEGER NOT NULL PRIMARY KEY,
  recorded_time INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous_hash BLOB NOT NULL,
  hash BLOB NOT NULL
);
CREATE TRIGGER audit_entries_stay BEFORE UPDATE ON audit_entries BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END;
CREATE TRIGGER audit_entries_are_kept BEFORE DELETE ON audit_entries BEGIN SELECT RAISE(ABORT, 'audit entries are never removed'); END;

-- Components and services: the state of the moment.
CREATE TABLE components (
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
  PRIMARY KEY (server_id, component_id)
) WITHOUT ROWID;

-- What changed, and when.
CREATE TABLE component_changes (
  change_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  server_id TEXT NOT NULL,
  component_id TEXT NOT NULL,
  changed_time INTEGER NOT NULL,
  health INTEGER NOT NULL,
  reason TEXT NOT NULL
);
CREATE INDEX component_changes_of_server ON component_changes (server_id, changed_time);

CREATE TABLE incidents (
  incident_number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  server_id TEXT NOT NULL,
  correlation_key TEXT NOT NULL,
  kind INTEGER NOT NULL,
  state INTEGER NOT NULL,
  title TEXT NOT NULL,
  replacement_promised INTEGER NOT NULL,
  detected_time INTEGER NOT NULL,
  opened_time INTEGER NOT NULL,
  recovered_time INTEGER,
  resolved_time INTEGER,
  technician TEXT
);
INSERT INTO sqlite_sequence (name, seq) VALUES ('incidents', 1000);
-- No fault opens two incidents at a time, whatever is replayed.
CREATE UNIQUE INDEX incidents_open_once ON incidents (server_id, correlation_key) WHERE state <> 4;
CREATE INDEX incidents_of_server ON incidents (server_id, incident_number);

CREATE TABLE findings (
  finding_id TEXT NOT NULL PRIMARY KEY,
  server_id TEXT NOT NULL,
  component_id TEXT NOT NULL,
  incident_number INTEGER,
  health INTEGER NOT NULL,
  title TEXT NOT NULL,
  reason TEXT NOT NULL,
  evidence TEXT NOT NULL,
  detected_time INTEGER NOT NULL,
  recovered_time INTEGER
);
CREATE UNIQUE INDEX findings_open_once ON findings (server_id, component_id) WHERE recovered_time IS NULL;
CREATE INDEX findings_of_incident ON findings (incident_number);

-- Timelines: only ever added to.
CREATE TABLE incident_events (
  event_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  incident_number INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  occurred_time INTEGER NOT NULL,
  recorded_time INTEGER NOT NULL,
  actor TEXT NOT NULL,
  text TEXT NOT NULL,
  evidence TEXT NOT NULL,
  evidence_hash TEXT NOT NULL
);
CREATE INDEX incident_events_of_incident ON incident_events (incident_number, event_id);
CREATE TRIGGER incident_events_stay BEFORE UPDATE ON incident_events BEGIN SELECT RAISE(ABORT, 'timeline entries are never changed'); END;
CREATE TRIGGER incident_events_are_kept BEFORE DELETE ON incident_events BEGIN SELECT RAISE(ABORT, 'timeline entries are never removed'); END;

-- Agents: what ingest knows of each server's agent.
CREATE TABLE agent_links (
  server_id TEXT NOT NULL PRIMARY KEY,
  agent_version TEXT NOT NULL,
  boot_id TEXT NOT NULL,
  configuration_version INTEGER NOT NULL,
  clock_offset_microseconds INTEGER NOT NULL,
  connected_time INTEGER NOT NULL,
  disconnected_time INTEGER,
  last_report_time INTEGER
);
CREATE TABLE agent_epochs (
  server_id TEXT NOT NULL,
  epoch TEXT NOT NULL,
  last_durable_sequence INTEGER NOT NULL,
  first_seen_time INTEGER NOT NULL,
  PRIMARY KEY (server_id, epoch)
) WITHOUT ROWID;
CREATE TABLE urgent_reports (
  server_id TEXT NOT NULL,
  report_id BLOB NOT NULL,
  received_time INTEGER NOT NULL,
  PRIMARY KEY (server_id, report_id)
) WITHOUT ROWID;
CREATE TABLE inventories (
  server_id TEXT NOT NULL PRIMARY KEY,
  observed_time INTEGER NOT NULL,
  inventory TEXT NOT NULL
);
CREATE TABLE server_warnings (
  server_id TEXT NOT NULL,
  warning_key TEXT NOT NULL,
  text TEXT NOT NULL,
  since_time INTEGER NOT NULL,
  PRIMARY KEY (server_id, warning_key)
) WITHOUT ROWID;

-- Measurements: one row per report, its values in one column.
CREATE TABLE series (
  series_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  server_id TEXT NOT NULL,
  metric TEXT NOT NULL,
  component TEXT NOT NULL,
  kind INTEGER NOT NULL
);
CREATE UNIQUE INDEX series_once ON series (server_id, metric, component);
CREATE TABLE agent_series (
  server_id TEXT NOT NULL,
  epoch TEXT NOT NULL,
  number INTEGER NOT NULL,
  series_id INTEGER NOT NULL,
  PRIMARY KEY (server_id, epoch, number)
) WITHOUT ROWID;
CREATE TABLE measurements (
  server_id TEXT NOT NULL,
  observed_time INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (server_id, observed_time)
) WITHOUT ROWID;
