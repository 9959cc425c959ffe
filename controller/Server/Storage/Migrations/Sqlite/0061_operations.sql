-- Plans that servers made: kept 30 days past their last use.
CREATE TABLE plans (
  plan_hash TEXT NOT NULL PRIMARY KEY,
  server_id TEXT NOT NULL REFERENCES servers (server_id),
  content BLOB NOT NULL,
  made_time INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  last_used_time INTEGER NOT NULL
);
CREATE INDEX plans_by_use ON plans (last_used_time);

-- Orders. What was signed never changes; where an operation stands follows from its events, and is kept beside for those who look.
CREATE TABLE operations (
  operation_number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  order_id TEXT NOT NULL,
  server_id TEXT NOT NULL REFERENCES servers (server_id),
  kind INTEGER NOT NULL,
  payload BLOB NOT NULL,
  plan_hash TEXT NOT NULL,
  request_number INTEGER REFERENCES requests (request_number),
  incident_number INTEGER,
  drafted_by TEXT NOT NULL,
  drafted_time INTEGER NOT NULL,
  window_start_time INTEGER NOT NULL,
  window_end_time INTEGER NOT NULL,
  state INTEGER NOT NULL,
  needs_consent INTEGER NOT NULL,
  cancel_asked INTEGER NOT NULL,
  review_due_time INTEGER,
  last_step_entry INTEGER NOT NULL,
  output_bytes INTEGER NOT NULL
);
CREATE UNIQUE INDEX operations_by_order ON operations (order_id);
CREATE INDEX operations_of_server ON operations (server_id, operation_number);
CREATE INDEX operations_by_state ON operations (state, operation_number);
CREATE INDEX operations_of_request ON operations (request_number) WHERE request_number IS NOT NULL;
CREATE TRIGGER orders_stay BEFORE UPDATE OF order_id, server_id, kind, payload, plan_hash, request_number, incident_number, drafted_by, drafted_time,
  window_start_time, window_end_time, needs_consent ON operations BEGIN SELECT RAISE(ABORT, 'an order is never changed'); END;
CREATE TRIGGER orders_are_kept BEFORE DELETE ON operations BEGIN SELECT RAISE(ABORT, 'an order is never removed'); END;

-- Approvers' signatures, only ever added to.
CREATE TABLE operation_signatures (
  operation_number INTEGER NOT NULL REFERENCES operations (operation_number),
  key_id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind INTEGER NOT NULL,
  signature BLOB NOT NULL,
  signed_time INTEGER NOT NULL,
  PRIMARY KEY (operation_number, key_id)
) WITHOUT ROWID;
CREATE TRIGGER signatures_stay BEFORE UPDATE ON operation_signatures BEGIN SELECT RAISE(ABORT, 'a signature is never changed'); END;
CREATE TRIGGER signatures_are_kept BEFORE DELETE ON operation_signatures BEGIN SELECT RAISE(ABORT, 'a signature is never removed'); END;

-- Every step, only ever added to. A consent names the hash of the plan that was read.
CREATE TABLE operation_events (
  event_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  operation_number INTEGER NOT NULL REFERENCES operations (operation_number),
  step INTEGER NOT NULL,
  occurred_time INTEGER NOT NULL,
  actor TEXT NOT NULL,
  text TEXT NOT NULL,
  plan_hash TEXT NOT NULL
);
CREATE INDEX operation_events_of_operation ON operation_events (operation_number, event_id);
CREATE TRIGGER operation_events_stay BEFORE UPDATE ON operation_events BEGIN SELECT RAISE(ABORT, 'steps of operations are never changed'); END;
CREATE TRIGGER operation_events_are_kept BEFORE DELETE ON operation_events BEGIN SELECT RAISE(ABORT, 'steps of operations are never removed'); END;

-- The servers' journals as they told them: exact bytes, by arrival. Output is emptied after 30 days.
CREATE TABLE operation_entries (
  arrival INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  operation_number INTEGER NOT NULL REFERENCES operations (operation_number),
  entry INTEGER NOT NULL,
  is_output INTEGER NOT NULL,
  received_time INTEGER NOT NULL,
  content BLOB NOT NULL
);
CREATE UNIQUE INDEX operation_entries_once ON operation_entries (operation_number, entry);
CREATE INDEX operation_output_by_time ON operation_entries (received_time) WHERE is_output = 1;
