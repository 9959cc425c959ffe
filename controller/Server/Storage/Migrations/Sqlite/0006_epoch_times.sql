-- When reports of an epoch were last taken; absent when none were. Of what is there it is not known: as good as now.
ALTER TABLE agent_epochs ADD COLUMN last_report_time INTEGER;
UPDATE agent_epochs SET last_report_time = CAST(strftime('%s', 'now') AS INTEGER) * 1000000 WHERE last_durable_sequence > 0;
