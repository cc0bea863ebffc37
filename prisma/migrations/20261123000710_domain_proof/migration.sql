-- An organisation proves that it controls a domain. The worker looks, and the worker alone says that a proof was found.
ALTER TABLE organisation ADD COLUMN domain_how text CHECK (domain_how IN ('dns', 'file'));
ALTER TABLE organisation ADD COLUMN domain_proven_at timestamptz(3);

CREATE TABLE domain_proof (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  domain text NOT NULL CHECK (domain = lower(domain)),
  token text NOT NULL,
  asked_by uuid NOT NULL REFERENCES person (id),
  created_at timestamptz(3) NOT NULL,
  -- A look that was asked for and has not ended.
  wanted_at timestamptz(3),
  checked_at timestamptz(3),
  -- What the last look found instead of the token.
  fault text,
  how text CHECK (how IN ('dns', 'file')),
  proven_at timestamptz(3),
  misses integer NOT NULL DEFAULT 0,
  missing_since timestamptz(3),
  next_check_at timestamptz(3),
  ended_at timestamptz(3)
);
CREATE INDEX domain_proof_organisation ON domain_proof (organisation_id, created_at);
CREATE INDEX domain_proof_due ON domain_proof (next_check_at) WHERE ended_at IS NULL AND next_check_at IS NOT NULL;
CREATE UNIQUE INDEX domain_proof_once ON domain_proof (organisation_id, domain) WHERE ended_at IS NULL;
-- A domain is proven by one organisation at a time: of two at once, one wins.
CREATE UNIQUE INDEX domain_proof_one_owner ON domain_proof (domain) WHERE proven_at IS NOT NULL AND ended_at IS NULL;

ALTER TABLE domain_proof ENABLE ROW LEVEL SECURITY;
ALTER TABLE domain_proof FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON domain_proof TO caveat_owner USING (true) WITH CHECK (true);
CREATE POLICY worker_all ON domain_proof TO caveat_worker USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON domain_proof TO caveat_worker;
GRANT SELECT, INSERT, UPDATE ON domain_proof TO caveat_app;
CREATE POLICY read ON domain_proof FOR SELECT TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations())) OR (SELECT is_operator()));
CREATE POLICY add ON domain_proof FOR INSERT TO caveat_app
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))) AND asked_by = asking_person() AND proven_at IS NULL);
CREATE POLICY change ON domain_proof FOR UPDATE TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))))
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))));

-- An owner asks for a look and gives a domain up. What was found is not theirs to say.
CREATE FUNCTION protect_domain_proof() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF current_user IN ('caveat_owner', 'caveat_worker') THEN RETURN NEW; END IF;
  IF (to_jsonb(OLD) - 'wanted_at' - 'ended_at') IS DISTINCT FROM (to_jsonb(NEW) - 'wanted_at' - 'ended_at')
     OR OLD.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'What was found of domain % is not changed by hand.', OLD.domain USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER domain_proof_protected BEFORE UPDATE ON domain_proof FOR EACH ROW EXECUTE FUNCTION protect_domain_proof();

-- The organisation shows the proof it has. One that is missing is not shown as a proof, and takes nothing else away.
CREATE FUNCTION project_domain_proof() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE best domain_proof;
BEGIN
  SELECT * INTO best FROM domain_proof p WHERE p.organisation_id = NEW.organisation_id AND p.proven_at IS NOT NULL
    AND p.ended_at IS NULL AND p.missing_since IS NULL ORDER BY p.proven_at, p.id LIMIT 1;
  IF best.id IS NOT NULL THEN
    UPDATE organisation SET domain = best.domain, domain_how = best.how, domain_proven_at = best.proven_at WHERE id = NEW.organisation_id;
  ELSE
    UPDATE organisation SET domain = NULL, domain_how = NULL, domain_proven_at = NULL
      WHERE id = NEW.organisation_id AND domain_proven_at IS NOT NULL;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER domain_proof_projects AFTER INSERT OR UPDATE ON domain_proof FOR EACH ROW EXECUTE FUNCTION project_domain_proof();

-- The proof of a domain is no more an owner's to write than who verified the organisation.
CREATE FUNCTION protect_organisation_domain() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF current_user IN ('caveat_owner', 'caveat_worker') THEN RETURN NEW; END IF;
  IF (OLD.domain, OLD.domain_how, OLD.domain_proven_at) IS DISTINCT FROM (NEW.domain, NEW.domain_how, NEW.domain_proven_at) THEN
    RAISE EXCEPTION 'The domain of organisation % is proven, not written.', OLD.id USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER organisation_domain_protected BEFORE UPDATE ON organisation FOR EACH ROW EXECUTE FUNCTION protect_organisation_domain();

-- Who has claimed an entry, now with the domain that was proven.
DROP FUNCTION vendor_claims(uuid[]);
CREATE FUNCTION vendor_claims(wanted uuid[])
RETURNS TABLE (vendor_id uuid, organisation text, organisation_other text, verified_at timestamptz, verified_how text,
  domain text, domain_how text, domain_proven_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT v.id, o.name, o.name_other, o.verified_at, o.verified_how, o.domain, o.domain_how, o.domain_proven_at
  FROM vendor v JOIN organisation o ON o.id = v.organisation_id WHERE v.id = ANY (wanted) $$;

-- A claim that could not be settled by itself: two organisations want one entry, and an operator looks.
CREATE TABLE vendor_claim (
  id uuid PRIMARY KEY,
  vendor_id uuid NOT NULL REFERENCES vendor (id),
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  claimed_by uuid NOT NULL REFERENCES person (id),
  domain text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  settled_at timestamptz(3),
  settled_by uuid REFERENCES person (id)
);
CREATE UNIQUE INDEX vendor_claim_open ON vendor_claim (vendor_id, organisation_id) WHERE settled_at IS NULL;
CREATE INDEX vendor_claim_organisation ON vendor_claim (organisation_id);
ALTER TABLE vendor_claim ENABLE ROW LEVEL SECURITY;
ALTER TABLE vendor_claim FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON vendor_claim TO caveat_owner USING (true) WITH CHECK (true);
CREATE POLICY worker_all ON vendor_claim TO caveat_worker USING (true) WITH CHECK (true);
GRANT SELECT ON vendor_claim TO caveat_worker;
GRANT SELECT, UPDATE ON vendor_claim TO caveat_app;
CREATE POLICY read ON vendor_claim FOR SELECT TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations())) OR (SELECT is_operator()));
CREATE POLICY change ON vendor_claim FOR UPDATE TO caveat_app
  USING ((SELECT is_operator()))
  WITH CHECK ((SELECT is_operator()));

-- Claims an entry for a vendor organisation by the domain that it has proven: the entry's website, a fact with a source,
-- lies under that domain. A proven domain is a registrable one, so lying under it is the same as sharing it.
CREATE FUNCTION claim_vendor(wanted text, claimant uuid, claim uuid, at timestamptz) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  entry vendor;
  mine organisation;
BEGIN
  IF claimant NOT IN (SELECT my_organisations_as('{owner}')) THEN RETURN 'not-an-owner'; END IF;
  SELECT * INTO entry FROM vendor v WHERE v.slug = wanted FOR UPDATE;
  SELECT * INTO mine FROM organisation o WHERE o.id = claimant FOR UPDATE;
  IF entry.id IS NULL OR mine.kind <> 'vendor' THEN RETURN 'no-vendor'; END IF;
  IF entry.organisation_id = mine.id THEN RETURN 'claimed'; END IF;
  IF EXISTS (SELECT FROM vendor v WHERE v.organisation_id = mine.id) THEN RETURN 'organisation-linked'; END IF;
  IF mine.domain_proven_at IS NULL THEN RETURN 'no-proof'; END IF;
  IF NOT EXISTS (SELECT FROM vendor_fact f WHERE f.vendor_id = entry.id AND f.kind = 'website' AND f.retired_at IS NULL
      AND f.source_url IS NOT NULL AND EXISTS (SELECT FROM domain_proof p WHERE p.organisation_id = mine.id
        AND p.proven_at IS NOT NULL AND p.ended_at IS NULL AND p.missing_since IS NULL
        AND '.' || lower(substring(f.value FROM '^https?://([^/:?#]+)')) LIKE '%.' || p.domain)) THEN RETURN 'other-domain'; END IF;
  IF entry.organisation_id IS NOT NULL THEN
    INSERT INTO vendor_claim (id, vendor_id, organisation_id, claimed_by, domain, created_at)
      VALUES (claim, entry.id, mine.id, asking_person(), mine.domain, at) ON CONFLICT DO NOTHING;
    RETURN 'vendor-claimed';
  END IF;
  UPDATE vendor SET organisation_id = mine.id, updated_at = at WHERE id = entry.id;
  UPDATE organisation SET verified_at = at, verified_how = 'domain' WHERE id = mine.id AND verified_at IS NULL;
  INSERT INTO vendor_claim (id, vendor_id, organisation_id, claimed_by, domain, created_at, settled_at, settled_by)
    VALUES (claim, entry.id, mine.id, asking_person(), mine.domain, at, at, asking_person());
  RETURN 'claimed';
END $$;

REVOKE ALL ON FUNCTION vendor_claims(uuid[]), claim_vendor(text, uuid, uuid, timestamptz), protect_domain_proof(), project_domain_proof(), protect_organisation_domain() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vendor_claims(uuid[]) TO caveat_app, caveat_worker;
GRANT EXECUTE ON FUNCTION claim_vendor(text, uuid, uuid, timestamptz) TO caveat_app;
