-- Agents: one row per enrolment of a server.
CREATE TABLE agents (
  agent_id TEXT NOT NULL PRIMARY KEY,
  server_id TEXT NOT NULL REFERENCES servers (server_id),
  enrolled_time BIGINT NOT NULL,
  host_name TEXT NOT NULL,
  machine_id TEXT NOT NULL,
  clock_offset_microseconds BIGINT,
  in_doubt_time BIGINT,
  revoked_time BIGINT,
  revoked_by TEXT,
  revoked_reason TEXT
);
CREATE INDEX agents_of_server ON agents (server_id, enrolled_time);
CREATE INDEX agents_of_machine ON agents (machine_id);

CREATE TABLE agent_certificates (
  serial TEXT NOT NULL PRIMARY KEY,
  agent_id TEXT NOT NULL REFERENCES agents (agent_id),
  generation BIGINT NOT NULL,
  issued_time BIGINT NOT NULL,
  expiry_time BIGINT NOT NULL,
  first_used_time BIGINT
);
CREATE INDEX agent_certificates_of_agent ON agent_certificates (agent_id, generation);

CREATE TABLE enrolment_tokens (
  token_hash BYTEA NOT NULL PRIMARY KEY,
  server_id TEXT NOT NULL REFERENCES servers (server_id),
  created_time BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  expiry_time BIGINT NOT NULL,
  used_time BIGINT,
  agent_id TEXT
);
CREATE INDEX enrolment_tokens_of_server ON enrolment_tokens (server_id, created_time);

-- Technicians' tokens: who signs in from a command line.
CREATE TABLE technician_tokens (
  token_hash BYTEA NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  created_time BIGINT NOT NULL,
  revoked_time BIGINT
);
