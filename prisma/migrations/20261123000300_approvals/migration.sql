-- Four eyes: a filing that needs an approval is submitted unsigned, and signed by the one who approves it.
ALTER TABLE filing
  ALTER COLUMN signatory_name DROP NOT NULL,
  ALTER COLUMN signatory_capacity DROP NOT NULL,
  ALTER COLUMN signed_at DROP NOT NULL,
  ADD COLUMN needs_approval boolean NOT NULL DEFAULT false,
  ADD COLUMN approved_by uuid REFERENCES person (id),
  ADD COLUMN approved_at timestamptz(3),
  ADD COLUMN returned_by uuid REFERENCES person (id),
  ADD COLUMN returned_at timestamptz(3),
  ADD COLUMN returned_note text,
  ADD COLUMN planned_at timestamptz(3);
ALTER TABLE filing ADD CONSTRAINT filing_signed CHECK (needs_approval OR signed_at IS NOT NULL) NOT VALID;
ALTER TABLE filing VALIDATE CONSTRAINT filing_signed;
CREATE INDEX filing_to_approve ON filing (filed_by_organisation_id, id) WHERE needs_approval AND approved_at IS NULL AND recalled_at IS NULL;
-- What the letter is composed of, frozen at submission, until the approver's signature completes it.
ALTER TABLE notice_letter ADD COLUMN facts jsonb;

-- Whether a filing needs an approval is the organisation's setting at the moment it is submitted, whatever the application says.
CREATE FUNCTION set_needs_approval() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  NEW.needs_approval := EXISTS (SELECT FROM organisation o WHERE o.id = NEW.filed_by_organisation_id AND o.four_eyes);
  RETURN NEW;
END $$;
CREATE TRIGGER filing_needs_approval BEFORE INSERT OR UPDATE OF submitted_at ON filing FOR EACH ROW EXECUTE FUNCTION set_needs_approval();

-- An approver completes a filing and changes nothing else of it. Nobody approves in another's name, or what he or she submitted.
DROP POLICY change ON filing;
CREATE POLICY change ON filing FOR UPDATE TO caveat_app
  USING (filed_by_organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor,approver}'))))
  WITH CHECK (filed_by_organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor,approver}'))));
CREATE FUNCTION protect_filing() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF current_user <> 'caveat_app' THEN RETURN NEW; END IF;
  IF (OLD.id, OLD.reference, OLD.filed_by_organisation_id, OLD.submitted_by, OLD.draft_id, OLD.kind, OLD.idempotency_key, OLD.submitted_at, OLD.needs_approval, OLD.planned_at, OLD.mandate_versions)
     IS DISTINCT FROM (NEW.id, NEW.reference, NEW.filed_by_organisation_id, NEW.submitted_by, NEW.draft_id, NEW.kind, NEW.idempotency_key, NEW.submitted_at, NEW.needs_approval, NEW.planned_at, NEW.mandate_versions)
     AND OLD.filed_by_organisation_id <> ALL (ARRAY(SELECT my_organisations_as('{owner,editor}'))) THEN
    RAISE EXCEPTION 'An approver changes nothing of filing %.', OLD.reference USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.approved_at IS NOT NULL AND NEW.approved_at IS DISTINCT FROM OLD.approved_at AND NOT coalesce(
       NEW.approved_by = asking_person() AND OLD.submitted_by <> asking_person()
       AND OLD.filed_by_organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,approver}'))), false) THEN
    RAISE EXCEPTION 'Filing % is approved by another approver than its submitter.', OLD.reference USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER filing_protected BEFORE UPDATE ON filing FOR EACH ROW EXECUTE FUNCTION protect_filing();

-- A notice is queued by its submission only where no approval is needed, else by an approver who did not submit it.
CREATE FUNCTION may_queue(wanted uuid, stage_before text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT EXISTS (SELECT FROM filing f WHERE f.id = wanted AND CASE stage_before
  WHEN 'draft' THEN NOT f.needs_approval
  WHEN 'awaiting_approval' THEN f.submitted_by <> asking_person() AND f.filed_by_organisation_id IN (SELECT my_organisations_as('{owner,approver}'))
  ELSE false END) $$;
REVOKE ALL ON FUNCTION may_queue(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION may_queue(uuid, text) TO caveat_app, caveat_worker;
CREATE FUNCTION protect_queue() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF current_user = 'caveat_app' AND NOT may_queue(OLD.filing_id, OLD.stage) THEN
    RAISE EXCEPTION 'Notice % may not be queued by this person.', OLD.reference USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER notice_queued BEFORE UPDATE OF stage ON notice FOR EACH ROW WHEN (OLD.stage <> 'queued' AND NEW.stage = 'queued') EXECUTE FUNCTION protect_queue();

-- A returned filing is a draft again. An approver cannot write drafts, so this is all that he or she can do to one.
CREATE FUNCTION reopen_draft(wanted uuid, at timestamptz) RETURNS uuid LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE reopened uuid;
BEGIN
  UPDATE filing_draft d SET filing_id = NULL, revision = d.revision + 1, updated_at = at, updated_by = asking_person()
    FROM filing f WHERE f.id = wanted AND d.filing_id = f.id AND d.organisation_id = f.filed_by_organisation_id
      AND f.filed_by_organisation_id IN (SELECT my_organisations_as('{owner,editor,approver}'))
    RETURNING d.id INTO reopened;
  RETURN reopened;
END $$;
REVOKE ALL ON FUNCTION reopen_draft(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reopen_draft(uuid, timestamptz) TO caveat_app;

-- Switched on only where two can approve: otherwise the only one who could approve might be the one who files.
CREATE FUNCTION protect_four_eyes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF (SELECT count(*) FROM membership m WHERE m.organisation_id = NEW.id AND m.role IN ('owner', 'approver')) < 2 THEN
    RAISE EXCEPTION 'Organisation % has no two who can approve.', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER organisation_four_eyes BEFORE UPDATE OF four_eyes ON organisation FOR EACH ROW WHEN (NEW.four_eyes AND NOT OLD.four_eyes) EXECUTE FUNCTION protect_four_eyes();

REVOKE ALL ON FUNCTION set_needs_approval(), protect_filing(), protect_queue(), protect_four_eyes() FROM PUBLIC;
