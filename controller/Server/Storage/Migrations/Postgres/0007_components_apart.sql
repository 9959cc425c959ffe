-- What agents are in doubt or silent, asked every few seconds; and the worst of each server, asked by every page.
CREATE INDEX components_of_agents ON components (component_id, health, server_id) WHERE kind = 8;
CREATE INDEX components_by_health ON components (server_id, present, health);
