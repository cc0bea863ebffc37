-- What only the holder's side may know of a notice and of a filing: row security gives rows and no columns, and both sides
-- have the rows of notice and filing. So it stands beside them, in rows of its own, there only where there is something to know.
CREATE TABLE notice_private (
  notice_id uuid PRIMARY KEY REFERENCES notice (id),
  holder_organisation_id uuid NOT NULL REFERENCES organisation (id),
  matter_number text,
  escalation text NOT NULL DEFAULT 'none' CHECK (escalation IN ('none', 'regulator', 'litigation'))
);
CREATE TABLE filing_private (
  filing_id uuid PRIMARY KEY REFERENCES filing (id),
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  returned_note text NOT NULL
);
INSERT INTO notice_private (notice_id, holder_organisation_id, matter_number, escalation)
  SELECT id, holder_organisation_id, matter_number, escalation FROM notice WHERE matter_number IS NOT NULL OR escalation <> 'none';
INSERT INTO filing_private (filing_id, organisation_id, returned_note)
  SELECT id, filed_by_organisation_id, returned_note FROM filing WHERE returned_note IS NOT NULL;
CREATE INDEX notice_private_matter_number ON notice_private (matter_number) WHERE matter_number IS NOT NULL;
CREATE INDEX notice_private_holder ON notice_private (holder_organisation_id);
CREATE INDEX filing_private_organisation ON filing_private (organisation_id);

-- From the first sending on, what was served stays as it was served: only the projection moves, and the contact it goes to.
CREATE OR REPLACE FUNCTION protect_served_notice() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF OLD.begun_at IS NULL THEN RETURN NEW; END IF;
  IF (OLD.id, OLD.reference, OLD.filing_id, OLD.holder_organisation_id, OLD.filed_by_organisation_id, OLD.vendor_id, OLD.kind, OLD.stance, OLD.locale, OLD.scope_id, OLD.verify_code, OLD.acknowledge_days, OLD.decide_days, OLD.created_at)
     IS DISTINCT FROM (NEW.id, NEW.reference, NEW.filing_id, NEW.holder_organisation_id, NEW.filed_by_organisation_id, NEW.vendor_id, NEW.kind, NEW.stance, NEW.locale, NEW.scope_id, NEW.verify_code, NEW.acknowledge_days, NEW.decide_days, NEW.created_at)
     OR OLD.paragraph IS DISTINCT FROM NEW.paragraph OR NEW.begun_at IS NULL THEN
    RAISE EXCEPTION 'Notice % was sent; what it says does not change.', OLD.reference USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
-- The letter may say the number: it stays with it.
CREATE FUNCTION protect_matter_number() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF (TG_OP = 'INSERT' AND NEW.matter_number IS NOT NULL
      OR TG_OP = 'UPDATE' AND (OLD.notice_id, OLD.holder_organisation_id, OLD.matter_number) IS DISTINCT FROM (NEW.notice_id, NEW.holder_organisation_id, NEW.matter_number))
     AND EXISTS (SELECT FROM notice n WHERE n.id = NEW.notice_id AND n.begun_at IS NOT NULL) THEN
    RAISE EXCEPTION 'The number of a notice that was sent does not change.' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION protect_matter_number() FROM PUBLIC;
CREATE TRIGGER notice_private_stays BEFORE INSERT OR UPDATE ON notice_private FOR EACH ROW EXECUTE FUNCTION protect_matter_number();

-- Dropped here and not a release later: as long as they are there, every vendor can read them.
DROP INDEX notice_matter_number;
ALTER TABLE notice DROP COLUMN matter_number, DROP COLUMN escalation;
ALTER TABLE filing DROP COLUMN returned_note;

DO $$ DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['notice_private', 'filing_private'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_all ON %I TO caveat_owner USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY worker_all ON %I TO caveat_worker USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO caveat_worker', t);
  END LOOP;
END $$;

-- The holder's members, and the associations whose mandate covers the notice. A bearer and the vendor see no row.
GRANT SELECT, INSERT, UPDATE ON notice_private TO caveat_app;
CREATE POLICY read ON notice_private FOR SELECT TO caveat_app
  USING (holder_organisation_id = ANY (ARRAY(SELECT my_organisations()))
    OR holder_organisation_id = ANY (ARRAY(SELECT my_wholly_mandated_members()))
      AND EXISTS (SELECT FROM notice n WHERE n.id = notice_id AND n.stage NOT IN ('draft', 'awaiting_approval'))
    OR holder_organisation_id = ANY (ARRAY(SELECT my_mandated_members())) AND is_mandated(notice_id, 'view', '{owner,editor,approver,viewer}'));
CREATE POLICY add ON notice_private FOR INSERT TO caveat_app
  WITH CHECK ((holder_organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}')))
      OR holder_organisation_id = ANY (ARRAY(SELECT my_mandated_members())) AND is_mandated(notice_id, 'file', '{owner,editor}'))
    AND EXISTS (SELECT FROM notice n WHERE n.id = notice_id AND n.holder_organisation_id = notice_private.holder_organisation_id));
CREATE POLICY change ON notice_private FOR UPDATE TO caveat_app
  USING (holder_organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}')))
      OR holder_organisation_id = ANY (ARRAY(SELECT my_mandated_members())) AND is_mandated(notice_id, 'file', '{owner,editor}'))
  WITH CHECK (EXISTS (SELECT FROM notice n WHERE n.id = notice_id AND n.holder_organisation_id = notice_private.holder_organisation_id));

-- The note of an approver is its organisation's. It goes when the filing is submitted again.
GRANT SELECT, INSERT, DELETE ON filing_private TO caveat_app;
CREATE POLICY read ON filing_private FOR SELECT TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations())));
CREATE POLICY add ON filing_private FOR INSERT TO caveat_app
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor,approver}')))
    AND EXISTS (SELECT FROM filing f WHERE f.id = filing_id AND f.filed_by_organisation_id = organisation_id));
CREATE POLICY remove ON filing_private FOR DELETE TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))));
