-- People who sign in (ASP.NET Core Identity), their one-time links and the addresses they came from (DOMAIN 7.2).

CREATE TABLE people (
  id TEXT NOT NULL PRIMARY KEY,
  user_name TEXT,
  normalized_user_name TEXT,
  email TEXT,
  normalized_email TEXT,
  email_confirmed INTEGER NOT NULL,
  password_hash TEXT,
  security_stamp TEXT,
  concurrency_stamp TEXT,
  phone_number TEXT,
  phone_number_confirmed INTEGER NOT NULL,
  two_factor_enabled INTEGER NOT NULL,
  lockout_end INTEGER,
  lockout_enabled INTEGER NOT NULL,
  access_failed_count INTEGER NOT NULL,
  created_time INTEGER NOT NULL
);
CREATE UNIQUE INDEX ux_people_name ON people (normalized_user_name);
CREATE INDEX ix_people_email ON people (normalized_email);

CREATE TABLE people_roles (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT,
  normalized_name TEXT,
  concurrency_stamp TEXT
);
CREATE UNIQUE INDEX ux_people_roles_name ON people_roles (normalized_name);
INSERT INTO people_roles (id, name, normalized_name, concurrency_stamp) VALUES
  ('customer', 'customer', 'CUSTOMER', '1'),
  ('technician', 'technician', 'TECHNICIAN', '1'),
  ('approver', 'approver', 'APPROVER', '1'),
  ('administrator', 'administrator', 'ADMINISTRATOR', '1');

CREATE TABLE people_in_roles (
  user_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  role_id TEXT NOT NULL REFERENCES people_roles (id) ON DELETE CASCADE,
  PRIMARY KEY (user_id, role_id)
);
CREATE INDEX ix_people_in_roles_role_id ON people_in_roles (role_id);

CREATE TABLE people_claims (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  user_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  claim_type TEXT,
  claim_value TEXT
);
CREATE INDEX ix_people_claims_user_id ON people_claims (user_id);

CREATE TABLE people_logins (
  login_provider TEXT NOT NULL,
  provider_key TEXT NOT NULL,
  provider_display_name TEXT,
  user_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  PRIMARY KEY (login_provider, provider_key)
);
CREATE INDEX ix_people_logins_user_id ON people_logins (user_id);

CREATE TABLE people_tokens (
  user_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  login_provider TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT,
  PRIMARY KEY (user_id, login_provider, name)
);

CREATE TABLE people_role_claims (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  role_id TEXT NOT NULL REFERENCES people_roles (id) ON DELETE CASCADE,
  claim_type TEXT,
  claim_value TEXT
);
CREATE INDEX ix_people_role_claims_role_id ON people_role_claims (role_id);

CREATE TABLE sign_in_links (
  id TEXT NOT NULL PRIMARY KEY,
  token_hash BLOB NOT NULL,
  role TEXT NOT NULL,
  created_time INTEGER NOT NULL,
  expiry_time INTEGER NOT NULL,
  used_time INTEGER,
  withdrawn_time INTEGER
);
CREATE UNIQUE INDEX ux_sign_in_links_token ON sign_in_links (token_hash);

CREATE TABLE sign_ins (
  id TEXT NOT NULL PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  occurred_time INTEGER NOT NULL,
  address TEXT NOT NULL,
  outcome TEXT NOT NULL
);
CREATE INDEX ix_sign_ins_person ON sign_ins (person_id, occurred_time);
