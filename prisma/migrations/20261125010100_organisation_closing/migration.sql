-- Closing an organisation: asked by an owner, undone by one within the days of grace, and then erased (docs/decisions/068).
ALTER TABLE organisation ADD COLUMN closes_at timestamptz(3);
ALTER TABLE organisation ADD COLUMN erased_at timestamptz(3);

CREATE TABLE organisation_closing (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  asked_by uuid NOT NULL REFERENCES person (id),
  asked_at timestamptz(3) NOT NULL,
  erase_at timestamptz(3) NOT NULL CHECK (erase_at > asked_at),
  cancelled_by uuid REFERENCES person (id),
  cancelled_at timestamptz(3),
  -- when the owners were told that it comes near, and when its job was queued
  reminded_at timestamptz(3),
  queued_at timestamptz(3),
  -- from here on nobody cancels
  begun_at timestamptz(3),
  -- whom to tell when it is done
  owners uuid[] NOT NULL DEFAULT '{}',
  erased_at timestamptz(3),
  CHECK ((cancelled_at IS NULL) = (cancelled_by IS NULL)),
  CHECK (cancelled_at IS NULL OR begun_at IS NULL)
);
-- One at a time: asked again meanwhile, it is the same one.
CREATE UNIQUE INDEX organisation_closing_open ON organisation_closing (organisation_id) WHERE cancelled_at IS NULL;
CREATE INDEX organisation_closing_due ON organisation_closing (erase_at) WHERE cancelled_at IS NULL AND erased_at IS NULL;
CREATE INDEX organisation_closing_person ON organisation_closing (asked_by);

-- Mails under way that name an erased organisation: emptied once they have arrived or failed for good.
CREATE TABLE closing_mail (
  closing_id uuid NOT NULL REFERENCES organisation_closing (id),
  duty_id uuid NOT NULL REFERENCES mail_duty (id),
  PRIMARY KEY (closing_id, duty_id)
);
-- Files that may go with it, unless something else carries the same bytes.
CREATE TABLE closing_file (
  closing_id uuid NOT NULL REFERENCES organisation_closing (id),
  sha256 text NOT NULL,
  PRIMARY KEY (closing_id, sha256)
);

DO $$ DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['organisation_closing', 'closing_mail', 'closing_file'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_all ON %I TO caveat_owner USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY worker_all ON %I TO caveat_worker USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;
GRANT SELECT, UPDATE ON organisation_closing TO caveat_worker;
GRANT SELECT, INSERT, DELETE ON closing_mail, closing_file TO caveat_worker;
GRANT SELECT, INSERT, UPDATE ON organisation_closing TO caveat_app;
CREATE POLICY read ON organisation_closing FOR SELECT TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations())));
CREATE POLICY add ON organisation_closing FOR INSERT TO caveat_app
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))) AND asked_by = asking_person()
    AND cancelled_at IS NULL AND begun_at IS NULL AND queued_at IS NULL AND erased_at IS NULL AND owners = '{}'
    -- A shorter grace than the one promised is not to be had.
    AND erase_at >= asked_at + interval '29 days');
CREATE POLICY change ON organisation_closing FOR UPDATE TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))))
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))) AND cancelled_by = asking_person());

-- An owner cancels, before it has begun, and changes nothing else.
CREATE FUNCTION protect_closing() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF current_user IN ('caveat_owner', 'caveat_worker') THEN RETURN NEW; END IF;
  IF (to_jsonb(OLD) - 'cancelled_at' - 'cancelled_by') IS DISTINCT FROM (to_jsonb(NEW) - 'cancelled_at' - 'cancelled_by')
     OR OLD.cancelled_at IS NOT NULL OR OLD.begun_at IS NOT NULL THEN
    RAISE EXCEPTION 'Closing % is cancelled before it has begun, or not at all.', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER organisation_closing_protected BEFORE UPDATE ON organisation_closing FOR EACH ROW EXECUTE FUNCTION protect_closing();

-- The organisation shows when it closes: what every page and every filing asks.
CREATE FUNCTION project_closing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE organisation o SET closes_at = CASE WHEN NEW.cancelled_at IS NULL THEN NEW.erase_at END
    WHERE o.id = NEW.organisation_id AND o.closes_at IS DISTINCT FROM CASE WHEN NEW.cancelled_at IS NULL THEN NEW.erase_at END;
  RETURN NULL;
END $$;
CREATE TRIGGER organisation_closing_projects AFTER INSERT OR UPDATE ON organisation_closing FOR EACH ROW EXECUTE FUNCTION project_closing();

CREATE OR REPLACE FUNCTION protect_organisation() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF current_user IN ('caveat_owner', 'caveat_worker') THEN RETURN NEW; END IF;
  IF (OLD.closes_at, OLD.erased_at) IS DISTINCT FROM (NEW.closes_at, NEW.erased_at) THEN
    RAISE EXCEPTION 'Organisation % is closed on its page, not by hand.', OLD.id USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF is_operator() THEN RETURN NEW; END IF;
  IF (OLD.kind, OLD.slug, OLD.is_demo, OLD.verified_at, OLD.verified_how, OLD.verified_by)
     IS DISTINCT FROM (NEW.kind, NEW.slug, NEW.is_demo, NEW.verified_at, NEW.verified_how, NEW.verified_by) THEN
    RAISE EXCEPTION 'Only an operator changes what organisation % is.', OLD.id USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

-- Whoever is closing files nothing, and nobody files for it.
CREATE OR REPLACE FUNCTION is_verified(target uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT EXISTS (SELECT FROM organisation o WHERE o.id = target AND o.verified_at IS NOT NULL AND o.closes_at IS NULL AND o.erased_at IS NULL) $$;

-- A filing and a closing at the same moment: the second waits for the first, and finds it.
CREATE FUNCTION refuse_filing_when_closing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE closing boolean;
BEGIN
  SELECT o.closes_at IS NOT NULL INTO closing FROM organisation o WHERE o.id = NEW.filed_by_organisation_id FOR SHARE;
  IF closing THEN
    RAISE EXCEPTION 'Organisation % is closing and files nothing.', NEW.filed_by_organisation_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER filing_while_open BEFORE INSERT OR UPDATE OF submitted_at ON filing FOR EACH ROW EXECUTE FUNCTION refuse_filing_when_closing();
CREATE FUNCTION refuse_notices_when_closing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE closing uuid;
BEGIN
  -- In one order for everybody.
  PERFORM FROM organisation o WHERE o.id IN (SELECT a.holder_organisation_id FROM added a) ORDER BY o.id FOR SHARE;
  SELECT o.id INTO closing FROM organisation o WHERE o.id IN (SELECT a.holder_organisation_id FROM added a) AND o.closes_at IS NOT NULL LIMIT 1;
  IF closing IS NOT NULL THEN
    RAISE EXCEPTION 'Nothing is filed for organisation %, which is closing.', closing USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER notice_while_open AFTER INSERT ON notice REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_notices_when_closing();

-- What nobody has been sent yet of an organisation of the asker: it holds a closing up.
CREATE FUNCTION unsent_of(wanted uuid) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT CASE WHEN wanted IN (SELECT my_organisations()) THEN
    (SELECT count(*) FROM notice n WHERE (n.holder_organisation_id = wanted OR n.filed_by_organisation_id = wanted)
      AND n.stage IN ('awaiting_approval', 'queued'))::integer
    + (SELECT count(*) FROM collective_filing c WHERE c.association_id = wanted AND c.state IN ('to_approve', 'making', 'reviewing'))::integer
    ELSE 0 END $$;

-- Pieces and the lines about them go with their organisation where no notice that was sent carries them, and in no other way.
CREATE FUNCTION may_forget_evidence(piece uuid, organisation uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT NOT evidence_went(piece) AND EXISTS (SELECT FROM organisation_closing c WHERE c.organisation_id = organisation AND c.begun_at IS NOT NULL) $$;
CREATE OR REPLACE FUNCTION protect_evidence() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF current_user = 'caveat_owner' AND may_forget_evidence(OLD.id, OLD.organisation_id) THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'Evidence % is kept.', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF (OLD.id, OLD.organisation_id, OLD.sha256, OLD.bytes, OLD.media_type, OLD.name, OLD.search_text, OLD.redaction_of, OLD.made_by, OLD.made_at)
     IS DISTINCT FROM (NEW.id, NEW.organisation_id, NEW.sha256, NEW.bytes, NEW.media_type, NEW.name, NEW.search_text, NEW.redaction_of, NEW.made_by, NEW.made_at)
     OR evidence_went(OLD.id) THEN
    RAISE EXCEPTION 'Evidence % stays what it was.', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION only_empty_access() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.network_address IS NULL AND NEW.user_agent IS NULL AND OLD.person_id IS NOT NULL
     AND (NEW.id, NEW.evidence_id, NEW.organisation_id, NEW.at, NEW.what, NEW.person_id)
       = (OLD.id, OLD.evidence_id, OLD.organisation_id, OLD.at, OLD.what, OLD.person_id) THEN RETURN NEW; END IF;
  IF TG_OP = 'DELETE' AND current_user = 'caveat_owner' AND may_forget_evidence(OLD.evidence_id, OLD.organisation_id) THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'Lines of % are never changed or removed.', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

REVOKE ALL ON FUNCTION protect_closing(), project_closing(), refuse_filing_when_closing(), refuse_notices_when_closing(),
  unsent_of(uuid), may_forget_evidence(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION unsent_of(uuid) TO caveat_app;
