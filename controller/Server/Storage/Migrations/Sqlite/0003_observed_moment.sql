-- When an agent last observed a component, by its server's own clock: orders observations (DESIGN 3).
ALTER TABLE components ADD COLUMN observed_boot_id TEXT NOT NULL DEFAULT '';
ALTER TABLE components ADD COLUMN observed_uptime_microseconds INTEGER NOT NULL DEFAULT 0;
