-- The same operation on several servers, in waves. What was started never changes; how far it is is a row, so that it holds after a restart.
CREATE TABLE rollouts (
  rollout_number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  ask BLOB NOT NULL,
  server_count INTEGER NOT NULL,
  wave_count INTEGER NOT NULL,
  request_number INTEGER REFERENCES requests (request_number),
  started_by TEXT NOT NULL,
  started_time INTEGER NOT NULL,
  window_start_time INTEGER NOT NULL,
  window_end_time INTEGER NOT NULL,
  state INTEGER NOT NULL,
  wave INTEGER NOT NULL,
  held_because TEXT NOT NULL
);
CREATE INDEX rollouts_by_state ON rollouts (state, rollout_number);
CREATE TRIGGER rollouts_stay BEFORE UPDATE OF rollout_number, ask, server_count, wave_count, request_number, started_by, started_time, window_start_time, window_end_time ON rollouts BEGIN SELECT RAISE(ABORT, 'a rollout is never changed'); END;
CREATE TRIGGER rollouts_are_kept BEFORE DELETE ON rollouts BEGIN SELECT RAISE(ABORT, 'a rollout is never removed'); END;

-- Its servers, each in its wave.
CREATE TABLE rollout_servers (
  rollout_number INTEGER NOT NULL REFERENCES rollouts (rollout_number),
  server_id TEXT NOT NULL REFERENCES servers (server_id),
  place INTEGER NOT NULL,
  wave INTEGER NOT NULL,
  is_left_out INTEGER NOT NULL,
  has_no_plan INTEGER NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (rollout_number, server_id)
) WITHOUT ROWID;
CREATE TRIGGER rollout_waves_stay BEFORE UPDATE OF rollout_number, server_id, place, wave ON rollout_servers BEGIN SELECT RAISE(ABORT, 'waves are never changed'); END;

-- Every step, only ever added to.
CREATE TABLE rollout_events (
  event_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  rollout_number INTEGER NOT NULL REFERENCES rollouts (rollout_number),
  step INTEGER NOT NULL,
  occurred_time INTEGER NOT NULL,
  actor TEXT NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX rollout_events_of_rollout ON rollout_events (rollout_number, event_id);
CREATE TRIGGER rollout_events_stay BEFORE UPDATE ON rollout_events BEGIN SELECT RAISE(ABORT, 'steps of rollouts are never changed'); END;
CREATE TRIGGER rollout_events_are_kept BEFORE DELETE ON rollout_events BEGIN SELECT RAISE(ABORT, 'steps of rollouts are never removed'); END;

-- The rollout that an operation is part of: one operation on each of its servers.
ALTER TABLE operations ADD COLUMN rollout_number INTEGER REFERENCES rollouts (rollout_number);
CREATE UNIQUE INDEX operations_of_rollout ON operations (rollout_number, server_id) WHERE rollout_number IS NOT NULL;
CREATE TRIGGER its_rollout_stays BEFORE UPDATE OF rollout_number ON operations BEGIN SELECT RAISE(ABORT, 'an order is never changed'); END;
