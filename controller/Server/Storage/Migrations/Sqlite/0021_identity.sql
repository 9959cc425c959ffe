-- Agents: one row per enrolment of a server.
CREATE TABLE agents (
  agent_id TEXT NOT NULL PRIMARY KEY,
  server_id TEXT NOT NULL REFERENCES servers (server_id),
  enrolled_time INTEGER NOT NULL,
  host_name TEXT NOT NULL,
  machine_id TEXT NOT NULL,
  clock_offset_microseconds INTEGER,
  in_doubt_time INTEGER,
  revoked_time INTEGER,
  revoked_by TEXT,
  revoked_reason TEXT
);
CREATE INDEX agents_of_server ON agents (server_id, enrolled_time);
CREATE INDEX agents_of_machine ON agents (machine_id);

CREATE TABLE agent_certificates (
  serial TEXT NOT NULL PRIMARY KEY,
  agent_id TEXT NOT NULL REFERENCES agents (agent_id),
  generation INTEGER NOT NULL,
  issued_time INTEGER NOT NULL,
  expiry_time INTEGER NOT NULL,
  first_used_time INTEGER
);
CREATE INDEX agent_certificates_of_agent ON agent_certificates (agent_id, generation);

CREATE TABLE enrolment_tokens (
  token_hash BLOB NOT NULL PRIMARY KEY,
  server_id TEXT NOT NULL REFERENCES servers (server_id),
  created_time INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  expiry_time INTEGER NOT NULL,
  used_time INTEGER,
  agent_id TEXT
);
CREATE INDEX enrolment_tokens_of_server ON enrolment_tokens (server_id, created_time);

-- Technicians' tokens: who signs in from a command line.
CREATE TABLE technician_tokens (
  token_hash BLOB NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  created_time INTEGER NOT NULL,
  revoked_time INTEGER
);
