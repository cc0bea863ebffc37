-- A vendor keeps its own contacts: it adds and retires them, and an address counts when a code mailed to it came back.
CREATE TABLE vendor_contact_code (
  contact_id uuid PRIMARY KEY REFERENCES vendor_contact (id),
  code_hash text NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  tries integer NOT NULL DEFAULT 0
);
ALTER TABLE vendor_contact_code ENABLE ROW LEVEL SECURITY;
ALTER TABLE vendor_contact_code FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON vendor_contact_code TO caveat_owner USING (true) WITH CHECK (true);

CREATE FUNCTION my_vendors_as(roles text[]) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT v.id FROM vendor v JOIN membership m ON m.organisation_id = v.organisation_id
      WHERE m.person_id = asking_person() AND m.role = ANY (roles) $$;

CREATE POLICY add_own ON vendor_contact FOR INSERT TO caveat_app
  WITH CHECK (vendor_id = ANY (ARRAY(SELECT my_vendors_as('{owner,editor}'))) AND verified_at IS NULL AND channel = 'email' AND created_by = asking_person());

-- A vendor retires a contact, and changes nothing else about it by hand.
CREATE FUNCTION retire_own_contact(contact uuid, at timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE vendor_contact c SET retired_at = at
    WHERE c.id = contact AND c.retired_at IS NULL AND c.vendor_id IN (SELECT my_vendors_as('{owner,editor}'));
  RETURN FOUND;
END $$;

-- Keeps the hash of a code that is mailed to a contact which the asker's vendor added and nobody has confirmed.
CREATE FUNCTION keep_contact_code(contact uuid, hash text, until timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM FROM vendor_contact c WHERE c.id = contact AND c.vendor_id IN (SELECT my_vendors_as('{owner,editor}'))
    AND c.verified_at IS NULL AND c.retired_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO vendor_contact_code (contact_id, code_hash, expires_at) VALUES (contact, hash, until)
    ON CONFLICT (contact_id) DO UPDATE SET code_hash = EXCLUDED.code_hash, expires_at = EXCLUDED.expires_at, tries = 0;
  RETURN true;
END $$;

-- Confirms a contact with its code: ten tries, and each code once.
CREATE FUNCTION confirm_contact(contact uuid, hash text, how text, at timestamptz) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE kept vendor_contact_code;
BEGIN
  PERFORM FROM vendor_contact c WHERE c.id = contact AND c.vendor_id IN (SELECT my_vendors_as('{owner,editor}'))
    AND c.verified_at IS NULL AND c.retired_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN RETURN 'no-contact'; END IF;
  UPDATE vendor_contact_code SET tries = tries + 1 WHERE contact_id = contact RETURNING * INTO kept;
  IF kept.contact_id IS NULL OR kept.expires_at <= at OR kept.tries > 10 THEN RETURN 'stale'; END IF;
  IF kept.code_hash <> hash THEN RETURN 'wrong'; END IF;
  DELETE FROM vendor_contact_code WHERE contact_id = contact;
  UPDATE vendor_contact SET verified_at = at, verified_by = asking_person(), verified_how = how WHERE id = contact;
  RETURN 'confirmed';
END $$;

REVOKE ALL ON FUNCTION my_vendors_as(text[]), retire_own_contact(uuid, timestamptz), keep_contact_code(uuid, text, timestamptz), confirm_contact(uuid, text, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION my_vendors_as(text[]), retire_own_contact(uuid, timestamptz), keep_contact_code(uuid, text, timestamptz), confirm_contact(uuid, text, text, timestamptz) TO caveat_app;

-- Suggestions for the directory, which an operator accepts or declines.
CREATE TABLE vendor_correction (
  id uuid PRIMARY KEY,
  vendor_id uuid NOT NULL REFERENCES vendor (id),
  suggested_by uuid NOT NULL REFERENCES person (id),
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  kind text NOT NULL CHECK (kind IN ('legal_entity', 'country', 'website', 'product', 'model', 'crawler', 'other')),
  value text NOT NULL,
  purpose text,
  source_url text NOT NULL,
  note text,
  created_at timestamptz(3) NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'declined')),
  reason text,
  decided_by uuid REFERENCES person (id),
  decided_at timestamptz(3)
);
CREATE INDEX vendor_correction_queue ON vendor_correction (state, id);
CREATE INDEX vendor_correction_vendor ON vendor_correction (vendor_id);
ALTER TABLE vendor_correction ENABLE ROW LEVEL SECURITY;
ALTER TABLE vendor_correction FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON vendor_correction TO caveat_owner USING (true) WITH CHECK (true);
CREATE POLICY worker_all ON vendor_correction TO caveat_worker USING (true) WITH CHECK (true);
GRANT SELECT ON vendor_correction TO caveat_worker;
GRANT SELECT, INSERT, UPDATE ON vendor_correction TO caveat_app;
CREATE POLICY read ON vendor_correction FOR SELECT TO caveat_app
  USING (suggested_by = (SELECT asking_person()) OR (SELECT is_operator()));
CREATE POLICY add ON vendor_correction FOR INSERT TO caveat_app
  WITH CHECK (suggested_by = asking_person() AND organisation_id = ANY (ARRAY(SELECT my_organisations())) AND state = 'open');
CREATE POLICY change ON vendor_correction FOR UPDATE TO caveat_app
  USING ((SELECT is_operator()))
  WITH CHECK ((SELECT is_operator()));

-- Whom an operator tells what came of a suggestion: people of other organisations are hidden from operators otherwise.
CREATE FUNCTION correction_author(wanted uuid) RETURNS TABLE (name text, email text, locale text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT p.name, p.email, p.locale FROM vendor_correction c JOIN person p ON p.id = c.suggested_by
  WHERE is_operator() AND c.id = wanted $$;
REVOKE ALL ON FUNCTION correction_author(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION correction_author(uuid) TO caveat_app;
