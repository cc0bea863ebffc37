-- Sign-in data, kept apart from everything else: only caveat_auth may use this schema,
-- and caveat_auth may use nothing but this schema. Row-level policies elsewhere never read it.
CREATE SCHEMA caveat_auth AUTHORIZATION caveat_owner;

-- id is person.id (UUIDv7, made by the application).
CREATE TABLE caveat_auth."user" (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL UNIQUE CHECK (email = lower(email)),
  email_verified boolean NOT NULL DEFAULT false,
  image text,
  created_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE caveat_auth.session (
  id uuid PRIMARY KEY,
  token text NOT NULL UNIQUE,
  user_id uuid NOT NULL REFERENCES caveat_auth."user" (id) ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  ip_address text,
  user_agent text,
  created_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX session_user_id ON caveat_auth.session (user_id);
CREATE INDEX session_expires_at ON caveat_auth.session (expires_at);

CREATE TABLE caveat_auth.account (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES caveat_auth."user" (id) ON DELETE CASCADE,
  provider_id text NOT NULL,
  account_id text NOT NULL,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (provider_id, account_id)
);
CREATE INDEX account_user_id ON caveat_auth.account (user_id);

-- identifier holds the hash of a token, never the token.
-- id is text: better-auth reserves a value under a key derived from it.
CREATE TABLE caveat_auth.verification (
  id text PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX verification_identifier ON caveat_auth.verification (identifier);
CREATE INDEX verification_expires_at ON caveat_auth.verification (expires_at);

-- The columns rate-limiter-flexible reads and writes, in its order. expire is in milliseconds since 1970.
CREATE TABLE caveat_auth.rate_limit (
  key varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);
CREATE INDEX rate_limit_expire ON caveat_auth.rate_limit (expire);

ALTER TABLE caveat_auth."user" OWNER TO caveat_owner;
ALTER TABLE caveat_auth.session OWNER TO caveat_owner;
ALTER TABLE caveat_auth.account OWNER TO caveat_owner;
ALTER TABLE caveat_auth.verification OWNER TO caveat_owner;
ALTER TABLE caveat_auth.rate_limit OWNER TO caveat_owner;

REVOKE ALL ON SCHEMA caveat_auth FROM PUBLIC;
GRANT USAGE ON SCHEMA caveat_auth TO caveat_auth;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA caveat_auth TO caveat_auth;
