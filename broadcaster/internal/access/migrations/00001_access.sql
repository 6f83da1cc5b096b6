-- +goose Up
CREATE TABLE people (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE, -- what is typed to sign in, lower case
  display TEXT NOT NULL,
  role TEXT NOT NULL,
  grid TEXT NOT NULL,
  password TEXT NOT NULL, -- argon2id in PHC form
  password_number BIGINT NOT NULL, -- counts the person's passwords: a session holds for one of them
  password_generated BOOLEAN NOT NULL, -- nobody has chosen one of their own yet
  created_ms BIGINT NOT NULL
);

CREATE TABLE sessions (
  token TEXT PRIMARY KEY, -- SHA-256 of what the cookie holds
  content BYTEA NOT NULL,
  expires_ms BIGINT NOT NULL
);
CREATE INDEX sessions_by_expiry ON sessions (expires_ms);

CREATE TABLE enrolments (
  terminal TEXT PRIMARY KEY,
  secret TEXT NOT NULL UNIQUE, -- SHA-256 of the last code's secret, hexadecimal
  secret_used BOOLEAN NOT NULL,
  secret_expires_ms BIGINT NOT NULL,
  pending_key TEXT NOT NULL, -- Ed25519 public key that waits for approval, hexadecimal, or ''
  approved_key TEXT NOT NULL -- the one that counts, hexadecimal, or ''
);

CREATE TABLE publisher (
  key TEXT PRIMARY KEY, -- Ed25519 public key that terminals were told to trust, hexadecimal
  made_ms BIGINT NOT NULL
);
