-- Passkeys that people sign in and approve with (ASP.NET Core Identity's, and when each was last used).
CREATE TABLE people_passkeys (
  credential_id BYTEA NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  public_key BYTEA NOT NULL,
  name TEXT,
  created_time BIGINT NOT NULL,
  last_used_time BIGINT,
  sign_count BIGINT NOT NULL,
  transports TEXT,
  is_user_verified BIGINT NOT NULL,
  is_backup_eligible BIGINT NOT NULL,
  is_backed_up BIGINT NOT NULL,
  attestation_object BYTEA NOT NULL,
  client_data_json BYTEA NOT NULL
);
CREATE INDEX ix_people_passkeys_user_id ON people_passkeys (user_id);
