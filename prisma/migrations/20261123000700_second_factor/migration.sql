-- A second factor at sign-in: codes of an app, recovery codes, passkeys. All of it lies with the logins, in caveat_auth.
ALTER TABLE caveat_auth."user" ADD COLUMN two_factor_enabled boolean NOT NULL DEFAULT false;

-- Whether more than a password opened this session: a code, a recovery code, a trusted browser or a passkey.
ALTER TABLE caveat_auth.session ADD COLUMN strong boolean NOT NULL DEFAULT false;

-- secret is encrypted. backup_codes holds keyed hashes: nobody can show the codes a second time.
CREATE TABLE caveat_auth.two_factor (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL UNIQUE REFERENCES caveat_auth."user" (id) ON DELETE CASCADE,
  secret text NOT NULL,
  backup_codes text NOT NULL,
  verified boolean NOT NULL DEFAULT false,
  failed_verification_count integer NOT NULL DEFAULT 0,
  locked_until timestamptz
);

CREATE TABLE caveat_auth.passkey (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES caveat_auth."user" (id) ON DELETE CASCADE,
  name text,
  public_key text NOT NULL,
  credential_id text NOT NULL UNIQUE,
  -- up to 2^32, which an integer does not hold and a bigint would give back as text
  counter double precision NOT NULL,
  device_type text NOT NULL,
  backed_up boolean NOT NULL,
  transports text,
  aaguid text,
  created_at timestamptz
);
CREATE INDEX passkey_user_id ON caveat_auth.passkey (user_id);

ALTER TABLE caveat_auth.two_factor OWNER TO caveat_owner;
ALTER TABLE caveat_auth.passkey OWNER TO caveat_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON caveat_auth.two_factor, caveat_auth.passkey TO caveat_auth;

-- Whether an organisation wants more than a password of its members. The roles of an organisation decide who changes it.
ALTER TABLE organisation ADD COLUMN second_factor boolean NOT NULL DEFAULT false;
