-- What customers ask for. Where a request stands follows from its events alone.
CREATE TABLE requests (
  request_number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  customer_id TEXT NOT NULL REFERENCES customers (customer_id),
  kind INTEGER NOT NULL,
  details TEXT NOT NULL,
  window_from_time INTEGER,
  window_until_time INTEGER
);
CREATE INDEX requests_of_customer ON requests (customer_id, request_number);

CREATE TABLE request_servers (
  request_number INTEGER NOT NULL REFERENCES requests (request_number),
  server_id TEXT NOT NULL REFERENCES servers (server_id),
  PRIMARY KEY (request_number, server_id)
) WITHOUT ROWID;

-- Quotes: a version is written again until an event names it, and never after.
CREATE TABLE quotes (
  request_number INTEGER NOT NULL REFERENCES requests (request_number),
  version INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (request_number, version)
) WITHOUT ROWID;

-- Every step, only ever added to.
CREATE TABLE request_events (
  event_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  request_number INTEGER NOT NULL REFERENCES requests (request_number),
  step INTEGER NOT NULL,
  occurred_time INTEGER NOT NULL,
  actor TEXT NOT NULL,
  text TEXT NOT NULL,
  quote_version INTEGER,
  quote_hash TEXT NOT NULL
);
CREATE INDEX request_events_of_request ON request_events (request_number, event_id);
CREATE TRIGGER request_events_stay BEFORE UPDATE ON request_events BEGIN SELECT RAISE(ABORT, 'steps of requests are never changed'); END;
CREATE TRIGGER request_events_are_kept BEFORE DELETE ON request_events BEGIN SELECT RAISE(ABORT, 'steps of requests are never removed'); END;
CREATE TRIGGER quotes_that_were_sent_stay BEFORE UPDATE ON quotes
WHEN EXISTS (SELECT 1 FROM request_events e WHERE e.request_number = OLD.request_number AND e.quote_version = OLD.version)
BEGIN SELECT RAISE(ABORT, 'a quote that was sent is never changed'); END;
CREATE TRIGGER quotes_that_were_sent_are_kept BEFORE DELETE ON quotes
WHEN EXISTS (SELECT 1 FROM request_events e WHERE e.request_number = OLD.request_number AND e.quote_version = OLD.version)
BEGIN SELECT RAISE(ABORT, 'a quote that was sent is never removed'); END;
