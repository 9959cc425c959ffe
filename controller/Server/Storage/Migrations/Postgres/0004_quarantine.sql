-- Reports that were acknowledged and could not be judged. Numbered for each server from 1: the newest stays, the oldest go.
CREATE TABLE quarantined_reports (
  server_id TEXT NOT NULL,
  number BIGINT NOT NULL,
  epoch TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  report_kind TEXT NOT NULL,
  received_time BIGINT NOT NULL,
  reason TEXT NOT NULL,
  report BYTEA NOT NULL,
  PRIMARY KEY (server_id, number)
);
