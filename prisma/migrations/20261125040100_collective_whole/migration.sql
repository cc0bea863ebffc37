-- A collective filing that is called off, guarded against asking twice, and read by those whom its one mail concerns.
ALTER TABLE collective_filing ADD COLUMN called_off_at timestamptz(3), ADD COLUMN called_off_by uuid, ADD COLUMN called_off_because text;
ALTER TABLE collective_filing DROP CONSTRAINT collective_filing_state_check;
ALTER TABLE collective_filing ADD CONSTRAINT collective_filing_state_check
  CHECK (state IN ('draft', 'to_approve', 'making', 'reviewing', 'sent', 'empty', 'called_off')) NOT VALID;
ALTER TABLE collective_filing VALIDATE CONSTRAINT collective_filing_state_check;
ALTER TABLE collective_filing ADD CONSTRAINT collective_filing_called_off CHECK (state <> 'called_off' OR called_off_at IS NOT NULL) NOT VALID;
ALTER TABLE collective_filing VALIDATE CONSTRAINT collective_filing_called_off;
ALTER TABLE collective_member DROP CONSTRAINT collective_member_annex_check;
ALTER TABLE collective_member ADD CONSTRAINT collective_member_annex_check
  CHECK (annex IN ('waiting', 'agreed', 'changed', 'stepped_out', 'silent', 'lapsed', 'ended', 'called_off')) NOT VALID;
ALTER TABLE collective_member VALIDATE CONSTRAINT collective_member_annex_check;
ALTER TABLE collective_left_out DROP CONSTRAINT collective_left_out_because_check;
ALTER TABLE collective_left_out ADD CONSTRAINT collective_left_out_because_check
  CHECK (because IN ('no_mandate', 'measures_not_covered', 'catalogue_not_covered', 'not_verified', 'needs_swear', 'no_works', 'too_many_works',
    'incomplete', 'vendor_not_covered', 'no_contact', 'duplicate')) NOT VALID;
ALTER TABLE collective_left_out VALIDATE CONSTRAINT collective_left_out_because_check;

-- The list of notices of a letter that covers very many: a file that the letter names with its hash.
ALTER TABLE collective_letter ADD COLUMN schedule text, ADD COLUMN schedule_sha256 text;

-- From this moment nothing of it is begun that is not begun. As a definer: whoever may call it off may change nothing else of it.
-- Where some notices are on their way already, the filing stays what it is, and the rest of it is called off.
CREATE FUNCTION call_off_collective(target uuid, reason text, job uuid, at timestamptz)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE found collective_filing;
DECLARE begun boolean;
BEGIN
  SELECT * INTO found FROM collective_filing c WHERE c.id = target FOR UPDATE;
  IF found.id IS NULL OR found.association_id NOT IN (SELECT my_organisations_as('{owner,editor}')) THEN RETURN 'gone'; END IF;
  IF found.called_off_at IS NOT NULL THEN RETURN 'called_off'; END IF;
  IF found.state NOT IN ('making', 'reviewing', 'sent') THEN RETURN 'not_now'; END IF;
  IF found.state = 'sent' AND NOT EXISTS (
    SELECT FROM notice n WHERE n.filing_id = found.filing_id AND n.stage = 'queued' AND n.begun_at IS NULL) THEN RETURN 'not_now'; END IF;
  begun := EXISTS (SELECT FROM notice n WHERE n.filing_id = found.filing_id AND n.begun_at IS NOT NULL);
  UPDATE collective_filing c SET called_off_at = call_off_collective.at, called_off_by = asking_person(), called_off_because = reason,
    state = CASE WHEN begun THEN c.state ELSE 'called_off' END, updated_at = call_off_collective.at, updated_by = asking_person()
  WHERE c.id = target;
  INSERT INTO job (id, kind, subject_id, organisation_id, requested_by, status, run_at, created_at)
  VALUES (job, 'call-off-collective', target, found.association_id, asking_person(), 'queued', call_off_collective.at, call_off_collective.at);
  RETURN 'done';
END $$;
REVOKE ALL ON FUNCTION call_off_collective(uuid, text, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION call_off_collective(uuid, text, uuid, timestamptz) TO caveat_app;

-- The mails that carried a notice together with others: whoever holds or filed it sees how they fared. What they said names all
-- members, and is for the association that wrote it.
CREATE FUNCTION collective_mails_of(target uuid)
RETURNS TABLE (id uuid, kind text, to_address text, status text, created_at timestamptz, accepted_at timestamptz, delivered_at timestamptz,
  failed_at timestamptz, delayed_at timestamptz, last_response text, raw_sha256 text, own boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT m.id, m.kind, m.to_address, m.status, m.created_at, m.accepted_at, m.delivered_at, m.failed_at, m.delayed_at, m.last_response, m.raw_sha256,
    n.filed_by_organisation_id IN (SELECT my_organisations())
  FROM notice n JOIN mail_duty d ON d.filing_id = n.filing_id AND d.vendor_id = n.vendor_id AND d.kind = 'collective-served'
  JOIN outgoing_mail m ON m.duty_id = d.id
  WHERE n.id = target AND n.begun_at IS NOT NULL AND is_holder_of(target)
  ORDER BY m.created_at DESC LIMIT 50 $$;
CREATE FUNCTION collective_mail_bytes(target uuid)
RETURNS TABLE (bytes bytea, sha256 text, links uuid[]) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT r.bytes, m.raw_sha256,
    ARRAY(SELECT l.id FROM collective_link l WHERE l.filing_id = d.filing_id AND l.vendor_id = d.vendor_id AND l.revoked_at IS NULL) ||
    ARRAY(SELECT k.id FROM notice n JOIN notice_link k ON k.notice_id = n.id WHERE n.filing_id = d.filing_id AND n.vendor_id = d.vendor_id
      AND k.address = m.to_address AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now()))
  FROM outgoing_mail m JOIN mail_raw r ON r.mail_id = m.id JOIN mail_duty d ON d.id = m.duty_id JOIN filing f ON f.id = d.filing_id
  WHERE m.id = target AND m.kind = 'collective-served' AND m.raw_sha256 IS NOT NULL
    AND f.filed_by_organisation_id IN (SELECT my_organisations()) $$;

-- What vendors did with notices of a collective filing, until its association is told of it.
CREATE TABLE collective_news (
  notice_id uuid NOT NULL REFERENCES notice (id),
  event_sequence integer NOT NULL,
  kind text NOT NULL CHECK (kind IN ('acknowledged', 'decided')),
  association_id uuid NOT NULL REFERENCES organisation (id),
  at timestamptz(3) NOT NULL,
  PRIMARY KEY (notice_id, event_sequence)
);
CREATE INDEX collective_news_of ON collective_news (association_id, at);
ALTER TABLE collective_news ENABLE ROW LEVEL SECURITY;
ALTER TABLE collective_news FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON collective_news TO caveat_owner USING (true) WITH CHECK (true);
CREATE POLICY worker_all ON collective_news TO caveat_worker USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON collective_news TO caveat_worker;

-- In the transaction of the answer itself: nothing that a vendor did is lost, and its act knows nothing of associations. A decision
-- without an acknowledgement before it is told as a decision.
CREATE FUNCTION tell_association() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO collective_news (notice_id, event_sequence, kind, association_id, at)
  SELECT NEW.id, NEW.last_sequence, CASE WHEN NEW.decided_at IS DISTINCT FROM OLD.decided_at THEN 'decided' ELSE 'acknowledged' END,
    NEW.filed_by_organisation_id, CASE WHEN NEW.decided_at IS DISTINCT FROM OLD.decided_at THEN NEW.decided_at ELSE NEW.acknowledged_at END
  FROM filing f WHERE f.id = NEW.filing_id AND f.collective
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER notice_told AFTER UPDATE OF acknowledged_at, decided_at ON notice FOR EACH ROW
  WHEN (OLD.acknowledged_at IS NULL AND NEW.acknowledged_at IS NOT NULL OR NEW.decided_at IS NOT NULL AND NEW.decided_at IS DISTINCT FROM OLD.decided_at)
  EXECUTE FUNCTION tell_association();

DO $$ DECLARE f text;
BEGIN
  FOREACH f IN ARRAY ARRAY['collective_mails_of(uuid)', 'collective_mail_bytes(uuid)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO caveat_app', f);
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION tell_association() FROM PUBLIC;
-- A member reads its annex also once the filing was called off.
CREATE OR REPLACE FUNCTION is_annexed_to(target uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT EXISTS (SELECT FROM collective_member m JOIN collective_filing c ON c.id = m.collective_id
       WHERE m.collective_id = target AND m.state = 'made' AND c.state IN ('reviewing', 'sent', 'called_off') AND m.member_id IN (SELECT my_organisations())) $$;
