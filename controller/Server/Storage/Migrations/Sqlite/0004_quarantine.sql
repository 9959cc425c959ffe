-- Reports that were acknowledged and could not be judged. Numbered for each server from 1: the newest stays, the oldest go.
CREATE TABLE quarantined_reports (
  server_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  epoch TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  report_kind TEXT NOT NULL,
  received_time INTEGER NOT NULL,
  reason TEXT NOT NULL,
  report BLOB NOT NULL,
  PRIMARY KEY (server_id, number)
) WITHOUT ROWID;
