-- Collective filings: one act of an association for many of its members. The filing, its notices and their ledgers are the same
-- as everybody's. What is added here is the act itself, each member's annex with its answer, the letter that covers a vendor's
-- notices, and the link under which a contact finds them all.
ALTER TABLE filing ADD COLUMN collective boolean NOT NULL DEFAULT false;
-- How long members have to look at their annex.
ALTER TABLE organisation ADD COLUMN review_hours integer NOT NULL DEFAULT 72;
ALTER TABLE organisation ADD CONSTRAINT organisation_review_hours_sane CHECK (review_hours BETWEEN 1 AND 720) NOT VALID;
ALTER TABLE organisation VALIDATE CONSTRAINT organisation_review_hours_sane;
-- One mail for all notices of a filing to one vendor: it names the filing, and no notice of its own.
ALTER TABLE mail_duty ADD COLUMN filing_id uuid REFERENCES filing;
CREATE UNIQUE INDEX mail_duty_filing ON mail_duty (filing_id, vendor_id, kind) WHERE filing_id IS NOT NULL;
CREATE INDEX notice_filing_vendor ON notice (filing_id, vendor_id, stage);

CREATE TABLE collective_filing (
  id uuid PRIMARY KEY,
  reference text NOT NULL UNIQUE,
  association_id uuid NOT NULL REFERENCES organisation (id),
  state text NOT NULL CHECK (state IN ('draft', 'to_approve', 'making', 'reviewing', 'sent', 'empty')),
  content jsonb NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  filing_id uuid REFERENCES filing (id),
  review_hours integer NOT NULL CHECK (review_hours BETWEEN 1 AND 720),
  created_by uuid NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_by uuid NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  submitted_by uuid,
  submitted_at timestamptz(3),
  approved_by uuid,
  approved_at timestamptz(3),
  review_started_at timestamptz(3),
  review_ends_at timestamptz(3),
  released_at timestamptz(3),
  idempotency_key text,
  CONSTRAINT collective_filing_key UNIQUE (association_id, idempotency_key),
  CONSTRAINT collective_filing_submitted CHECK (state = 'draft' OR submitted_at IS NOT NULL)
);
CREATE INDEX collective_filing_recent ON collective_filing (association_id, id DESC);
CREATE INDEX collective_filing_reviewing ON collective_filing (review_ends_at) WHERE state = 'reviewing';
CREATE INDEX collective_filing_filing ON collective_filing (filing_id) WHERE filing_id IS NOT NULL;

-- works: null is all of the version, else what the association or the member chose of it.
CREATE TABLE collective_member (
  collective_id uuid NOT NULL REFERENCES collective_filing (id),
  member_id uuid NOT NULL REFERENCES organisation (id),
  catalogue_id uuid NOT NULL REFERENCES catalogue (id),
  catalogue_version integer NOT NULL CHECK (catalogue_version > 0),
  works jsonb,
  paragraph text NOT NULL DEFAULT '',
  state text NOT NULL DEFAULT 'chosen' CHECK (state IN ('chosen', 'made', 'left_out')),
  mandate_id uuid,
  mandate_version integer,
  scope_id uuid REFERENCES notice_scope (id),
  works_count integer,
  approval_required boolean NOT NULL DEFAULT false,
  annex text NOT NULL DEFAULT 'waiting' CHECK (annex IN ('waiting', 'agreed', 'changed', 'stepped_out', 'silent', 'lapsed', 'ended')),
  answered_by uuid,
  answered_at timestamptz(3),
  released_at timestamptz(3),
  PRIMARY KEY (collective_id, member_id),
  CONSTRAINT collective_member_relies CHECK (state <> 'made' OR mandate_id IS NOT NULL AND mandate_version IS NOT NULL AND scope_id IS NOT NULL)
);
CREATE INDEX collective_member_to_make ON collective_member (collective_id, member_id) WHERE state = 'chosen';
CREATE INDEX collective_member_to_release ON collective_member (collective_id, member_id) WHERE state = 'made' AND released_at IS NULL;
CREATE INDEX collective_member_of ON collective_member (member_id, collective_id);

-- What was not made, and why: vendor null is the member as a whole.
CREATE TABLE collective_left_out (
  collective_id uuid NOT NULL REFERENCES collective_filing (id),
  member_id uuid NOT NULL REFERENCES organisation (id),
  vendor_id uuid REFERENCES vendor (id),
  because text NOT NULL CHECK (because IN ('no_mandate', 'measures_not_covered', 'catalogue_not_covered', 'not_verified', 'needs_swear', 'no_works', 'too_many_works', 'incomplete', 'vendor_not_covered', 'no_contact'))
);
CREATE UNIQUE INDEX collective_left_out_once ON collective_left_out (collective_id, member_id, coalesce(vendor_id, '00000000-0000-0000-0000-000000000000'));

CREATE TABLE collective_letter (
  filing_id uuid NOT NULL REFERENCES filing (id),
  vendor_id uuid NOT NULL REFERENCES vendor (id),
  locale text NOT NULL CHECK (locale IN ('en', 'ja')),
  text text NOT NULL,
  blocks jsonb NOT NULL,
  sha256 text NOT NULL,
  PRIMARY KEY (filing_id, vendor_id)
);

CREATE TABLE collective_link (
  id uuid PRIMARY KEY,
  filing_id uuid NOT NULL REFERENCES filing (id),
  vendor_id uuid NOT NULL REFERENCES vendor (id),
  contact_id uuid REFERENCES vendor_contact (id),
  address text NOT NULL,
  locale text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  revoked_at timestamptz(3)
);
CREATE UNIQUE INDEX collective_link_once ON collective_link (filing_id, vendor_id, address);

DO $$ DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['collective_filing', 'collective_member', 'collective_left_out', 'collective_letter', 'collective_link'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_all ON %I TO caveat_owner USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY worker_all ON %I TO caveat_worker USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO caveat_worker', t);
  END LOOP;
END $$;
REVOKE DELETE ON collective_filing, collective_letter FROM caveat_worker;

-- As definers: the policies of the act and of its members would else ask each other.
CREATE FUNCTION is_collective_of(target uuid, roles text[], states text[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT EXISTS (SELECT FROM collective_filing c WHERE c.id = target AND c.association_id IN (SELECT my_organisations_as(roles))
       AND (states IS NULL OR c.state = ANY (states))) $$;
CREATE FUNCTION is_annexed_to(target uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT EXISTS (SELECT FROM collective_member m JOIN collective_filing c ON c.id = m.collective_id
       WHERE m.collective_id = target AND m.state = 'made' AND c.state IN ('reviewing', 'sent') AND m.member_id IN (SELECT my_organisations())) $$;

GRANT SELECT, INSERT, UPDATE, DELETE ON collective_filing TO caveat_app;
CREATE POLICY read ON collective_filing FOR SELECT TO caveat_app
  USING (association_id = ANY (ARRAY(SELECT my_organisations())) OR is_annexed_to(id));
CREATE POLICY add ON collective_filing FOR INSERT TO caveat_app
  WITH CHECK (association_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) AND state = 'draft' AND created_by = asking_person());
CREATE POLICY change ON collective_filing FOR UPDATE TO caveat_app
  USING (association_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) AND state IN ('draft', 'to_approve'))
  WITH CHECK (association_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) AND state IN ('draft', 'to_approve', 'making'));
CREATE POLICY approve ON collective_filing FOR UPDATE TO caveat_app
  USING (association_id = ANY (ARRAY(SELECT my_organisations_as('{approver}'))) AND state = 'to_approve')
  WITH CHECK (association_id = ANY (ARRAY(SELECT my_organisations_as('{approver}'))) AND state IN ('to_approve', 'making'));
CREATE POLICY remove ON collective_filing FOR DELETE TO caveat_app
  USING (association_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) AND state = 'draft');

-- It is made once an editor of a verified association has submitted it, or, under four eyes, another approver has signed it.
CREATE FUNCTION protect_collective_filing() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE eyes boolean;
BEGIN
  IF current_user <> 'caveat_app' THEN RETURN NEW; END IF;
  IF (NEW.id, NEW.reference, NEW.association_id, NEW.created_by, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.reference, OLD.association_id, OLD.created_by, OLD.created_at)
     OR NEW.filing_id IS NOT NULL OR NEW.review_started_at IS NOT NULL OR NEW.released_at IS NOT NULL THEN
    RAISE EXCEPTION 'Collective filing % is what it is.', OLD.reference USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = 'making' THEN
    SELECT o.four_eyes INTO eyes FROM organisation o WHERE o.id = NEW.association_id AND o.verified_at IS NOT NULL;
    IF eyes IS NULL OR NOT coalesce(CASE WHEN eyes THEN OLD.state = 'to_approve' AND NEW.submitted_by = OLD.submitted_by AND NEW.approved_by = asking_person() AND NEW.submitted_by <> asking_person()
           AND NEW.association_id = ANY (ARRAY(SELECT my_organisations_as('{owner,approver}')))
         ELSE NEW.submitted_by = asking_person() AND NEW.association_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) END, false) THEN
      RAISE EXCEPTION 'Collective filing % may not be made by this person.', OLD.reference USING ERRCODE = 'insufficient_privilege';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER collective_filing_protected BEFORE UPDATE ON collective_filing FOR EACH ROW EXECUTE FUNCTION protect_collective_filing();

GRANT SELECT, INSERT, UPDATE, DELETE ON collective_member TO caveat_app;
CREATE POLICY read ON collective_member FOR SELECT TO caveat_app
  USING (member_id = ANY (ARRAY(SELECT my_organisations())) AND is_annexed_to(collective_id)
    OR member_id = ANY (ARRAY(SELECT my_mandated_members())) AND is_collective_of(collective_id, '{owner,editor,approver,viewer}', NULL));
CREATE POLICY add ON collective_member FOR INSERT TO caveat_app
  WITH CHECK (is_collective_of(collective_id, '{owner,editor}', '{draft}') AND state = 'chosen' AND annex = 'waiting' AND scope_id IS NULL
    AND member_id = ANY (ARRAY(SELECT my_mandated_members())));
CREATE POLICY change ON collective_member FOR UPDATE TO caveat_app
  USING (is_collective_of(collective_id, '{owner,editor}', '{draft}')
    OR state = 'made' AND released_at IS NULL AND member_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor,approver}'))) AND is_annexed_to(collective_id))
  WITH CHECK (is_collective_of(collective_id, '{owner,editor}', '{draft}') AND state = 'chosen' AND annex = 'waiting'
    OR state = 'made' AND released_at IS NULL AND member_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor,approver}')))
      AND annex IN ('agreed', 'changed', 'stepped_out') AND answered_by = asking_person());
CREATE POLICY remove ON collective_member FOR DELETE TO caveat_app
  USING (is_collective_of(collective_id, '{owner,editor}', '{draft}'));

-- A member answers for its annex and may choose other works of its own. What the association relied on stays as it was.
CREATE FUNCTION protect_annex() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF current_user <> 'caveat_app' OR OLD.state = 'chosen' THEN RETURN NEW; END IF;
  IF (NEW.collective_id, NEW.member_id, NEW.state, NEW.mandate_id, NEW.mandate_version, NEW.approval_required)
     IS DISTINCT FROM (OLD.collective_id, OLD.member_id, OLD.state, OLD.mandate_id, OLD.mandate_version, OLD.approval_required) THEN
    RAISE EXCEPTION 'A member answers for its annex and changes nothing else.' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER collective_member_protected BEFORE UPDATE ON collective_member FOR EACH ROW EXECUTE FUNCTION protect_annex();

GRANT SELECT ON collective_left_out TO caveat_app;
CREATE POLICY read ON collective_left_out FOR SELECT TO caveat_app
  USING (is_collective_of(collective_id, '{owner,editor,approver,viewer}', NULL));
GRANT SELECT ON collective_letter TO caveat_app;
-- It names all members: for the association and the vendor, not for one member or one link.
CREATE POLICY read ON collective_letter FOR SELECT TO caveat_app
  USING (EXISTS (SELECT FROM filing f WHERE f.id = collective_letter.filing_id AND f.filed_by_organisation_id = ANY (ARRAY(SELECT my_organisations())))
    OR vendor_id = ANY (ARRAY(SELECT my_vendors())));

-- Under four eyes the approver's signature sets the making off.
CREATE POLICY add_collective ON job FOR INSERT TO caveat_app
  WITH CHECK (kind = 'make-collective' AND organisation_id = ANY (ARRAY(SELECT my_organisations_as('{approver}'))) AND requested_by = asking_person());

-- Only the worker makes a collective filing, whose approval came before it: nothing else may pass for one.
CREATE OR REPLACE FUNCTION set_needs_approval() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  NEW.needs_approval := NOT NEW.collective AND EXISTS (SELECT FROM organisation o WHERE o.id = NEW.filed_by_organisation_id AND o.four_eyes);
  RETURN NEW;
END $$;
DROP POLICY add ON filing;
CREATE POLICY add ON filing FOR INSERT TO caveat_app
  WITH CHECK (filed_by_organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) AND submitted_by = asking_person() AND NOT collective);
CREATE FUNCTION protect_collective_mark() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF current_user = 'caveat_app' AND NEW.collective IS DISTINCT FROM OLD.collective THEN
    RAISE EXCEPTION 'Filing % is collective or is not.', OLD.reference USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER filing_collective BEFORE UPDATE OF collective ON filing FOR EACH ROW EXECUTE FUNCTION protect_collective_mark();

-- What the bearer of a collective link finds: the notices of one filing to one vendor that were sent to this address, each with the
-- link that opens it.
CREATE FUNCTION open_collective(link uuid)
RETURNS TABLE (filing text, association text, association_other text, vendor text, vendor_other text, locale text, letter_locale text, letter jsonb, letter_sha256 text, notices integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT f.reference, o.name, o.name_other, v.name, v.name_other, l.locale, c.locale, c.blocks, c.sha256,
    (SELECT count(*)::int FROM notice n JOIN notice_link k ON k.notice_id = n.id AND k.address = l.address
      WHERE n.filing_id = l.filing_id AND n.vendor_id = l.vendor_id AND n.begun_at IS NOT NULL AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now()))
  FROM collective_link l JOIN filing f ON f.id = l.filing_id JOIN organisation o ON o.id = f.filed_by_organisation_id JOIN vendor v ON v.id = l.vendor_id
  LEFT JOIN collective_letter c ON c.filing_id = l.filing_id AND c.vendor_id = l.vendor_id
  WHERE l.id = link AND l.revoked_at IS NULL $$;
CREATE FUNCTION open_collective_notices(link uuid, after_name text, after_id uuid, most integer)
RETURNS TABLE (id uuid, reference text, kind text, stage text, holder text, holder_other text, works integer, link_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT n.id, n.reference, n.kind, n.stage, h.name, h.name_other, n.works_count, k.id
  FROM collective_link l JOIN notice n ON n.filing_id = l.filing_id AND n.vendor_id = l.vendor_id AND n.begun_at IS NOT NULL
  JOIN notice_link k ON k.notice_id = n.id AND k.address = l.address AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
  JOIN organisation h ON h.id = n.holder_organisation_id
  WHERE l.id = link AND l.revoked_at IS NULL AND (after_id IS NULL OR (h.name, n.id) > (after_name, after_id))
  ORDER BY h.name, n.id LIMIT least(most, 200) $$;

DO $$ DECLARE f text;
BEGIN
  FOREACH f IN ARRAY ARRAY['is_collective_of(uuid, text[], text[])', 'is_annexed_to(uuid)', 'open_collective(uuid)', 'open_collective_notices(uuid, text, uuid, integer)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO caveat_app, caveat_worker', f);
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION protect_collective_filing(), protect_annex(), protect_collective_mark() FROM PUBLIC;
