-- Sources and services by when they were last read: what is not read any more is looked for every few seconds.
CREATE INDEX components_by_read ON components (last_read_time) WHERE kind IN (6, 7);
