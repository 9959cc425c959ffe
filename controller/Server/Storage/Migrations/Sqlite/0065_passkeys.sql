-- Passkeys that people sign in and approve with (ASP.NET Core Identity's, and when each was last used).
CREATE TABLE people_passkeys (
  credential_id BLOB NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  public_key BLOB NOT NULL,
  name TEXT,
  created_time INTEGER NOT NULL,
  last_used_time INTEGER,
  sign_count INTEGER NOT NULL,
  transports TEXT,
  is_user_verified INTEGER NOT NULL,
  is_backup_eligible INTEGER NOT NULL,
  is_backed_up INTEGER NOT NULL,
  attestation_object BLOB NOT NULL,
  client_data_json BLOB NOT NULL
);
CREATE INDEX ix_people_passkeys_user_id ON people_passkeys (user_id);
