-- Erasing an organisation: its own goes in bounded pieces, what was served stays on record (docs/decisions/068). Each function may
-- be called again from the start: the worker may be killed between any two.

-- Whether a job of the organisation runs now: it must not write into what is being erased.
CREATE FUNCTION is_busy(target uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT EXISTS (SELECT FROM job j WHERE j.organisation_id = target AND j.status = 'running' AND j.kind <> 'erase-organisation') $$;

-- Begins an erasure that is due: from here on nobody cancels. Waits while something of the organisation still runs.
CREATE FUNCTION begin_erasing(wanted uuid, at timestamptz) RETURNS text LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE closing organisation_closing;
BEGIN
  SELECT * INTO closing FROM organisation_closing c WHERE c.id = wanted FOR UPDATE;
  IF closing.id IS NULL OR closing.cancelled_at IS NOT NULL OR closing.erased_at IS NOT NULL THEN RETURN 'over'; END IF;
  IF closing.begun_at IS NOT NULL THEN RETURN 'begun'; END IF;
  IF closing.erase_at > at THEN RETURN 'over'; END IF;
  IF is_busy(closing.organisation_id) THEN RETURN 'busy'; END IF;
  UPDATE organisation_closing c SET begun_at = at, owners = ARRAY(SELECT m.person_id FROM membership m
    WHERE m.organisation_id = closing.organisation_id AND m.role = 'owner' ORDER BY m.person_id) WHERE c.id = wanted;
  RETURN 'begun';
END $$;

-- Nobody belongs to it any more, nobody may join, and its entry of the directory is nobody's. After its mandates were revoked.
-- Returns whether nothing of it runs any more.
CREATE FUNCTION end_memberships(wanted uuid, at timestamptz) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE gone uuid;
BEGIN
  SELECT c.organisation_id INTO gone FROM organisation_closing c WHERE c.id = wanted AND c.begun_at IS NOT NULL AND c.erased_at IS NULL;
  IF gone IS NULL THEN RETURN false; END IF;
  IF EXISTS (SELECT FROM mandate_grant g WHERE gone IN (g.member_id, g.association_id)) THEN
    RAISE EXCEPTION 'A mandate of organisation % still counts.', gone USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('roles of ' || gone, 0));
  DELETE FROM membership m WHERE m.organisation_id = gone;
  DELETE FROM invitation i WHERE i.organisation_id = gone;
  UPDATE vendor v SET organisation_id = NULL, updated_at = at WHERE v.organisation_id = gone;
  UPDATE job j SET status = 'stopped', finished_at = at WHERE j.organisation_id = gone AND j.status = 'queued' AND j.kind <> 'erase-organisation';
  RETURN NOT is_busy(gone);
END $$;

-- The files of an organisation that go with its rows, unless something else carries the same bytes: see `forgettable_files`.
CREATE FUNCTION mark_closing_files(wanted uuid, gone uuid) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO closing_file (closing_id, sha256)
    SELECT wanted, s.sha256 FROM (
      SELECT e.sha256 FROM evidence e WHERE e.organisation_id = gone AND NOT evidence_went(e.id)
      UNION SELECT i.file_sha256 FROM catalogue_import i WHERE i.organisation_id = gone
      UNION SELECT i.rejects_sha256 FROM catalogue_import i WHERE i.organisation_id = gone
      UNION SELECT a.file_sha256 FROM answer_sheet a WHERE a.organisation_id = gone
      UNION SELECT a.result_sha256 FROM answer_sheet a WHERE a.organisation_id = gone
      UNION SELECT b.result_sha256 FROM bulk_act b WHERE b.organisation_id = gone) s
    WHERE s.sha256 ~ '^[0-9a-f]{64}$' ON CONFLICT DO NOTHING $$;

-- Marked files that nothing names any more.
CREATE FUNCTION forgettable_files(wanted uuid, most integer) RETURNS TABLE (sha256 text, free boolean) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH marked AS (SELECT f.sha256 FROM closing_file f WHERE f.closing_id = wanted ORDER BY f.sha256 LIMIT most),
  named AS (SELECT e.sha256 FROM evidence e WHERE e.sha256 IN (SELECT m.sha256 FROM marked m)
    UNION SELECT i.file_sha256 FROM catalogue_import i WHERE i.file_sha256 IN (SELECT m.sha256 FROM marked m)
    UNION SELECT i.rejects_sha256 FROM catalogue_import i WHERE i.rejects_sha256 IN (SELECT m.sha256 FROM marked m)
    UNION SELECT a.file_sha256 FROM answer_sheet a WHERE a.file_sha256 IN (SELECT m.sha256 FROM marked m)
    UNION SELECT a.result_sha256 FROM answer_sheet a WHERE a.result_sha256 IN (SELECT m.sha256 FROM marked m)
    UNION SELECT b.result_sha256 FROM bulk_act b WHERE b.result_sha256 IN (SELECT m.sha256 FROM marked m)
    UNION SELECT t.sha256 FROM message_attachment t WHERE t.sha256 IN (SELECT m.sha256 FROM marked m)
    UNION SELECT q.sha256 FROM question_file q WHERE q.sha256 IN (SELECT m.sha256 FROM marked m)
    UNION SELECT v.document_sha256 FROM mandate_version v WHERE v.document_sha256 IN (SELECT m.sha256 FROM marked m))
  SELECT m.sha256, m.sha256 NOT IN (SELECT n.sha256 FROM named n WHERE n.sha256 IS NOT NULL) FROM marked m $$;

-- The versions of a catalogue that notices which were sent cite: their works stay.
CREATE FUNCTION cited_versions(catalogue uuid) RETURNS integer[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT ARRAY(SELECT DISTINCT s.version FROM notice_scope s WHERE s.catalogue_id = catalogue
    AND EXISTS (SELECT FROM notice n WHERE n.scope_id = s.id AND n.begun_at IS NOT NULL)) $$;

-- Takes one piece of what is the organisation's own, at most so many rows. Returns how many it took: nothing left is 0.
CREATE FUNCTION erase_own(wanted uuid, piece text, most integer, at timestamptz) RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE gone uuid; took integer;
BEGIN
  SELECT c.organisation_id INTO gone FROM organisation_closing c WHERE c.id = wanted AND c.begun_at IS NOT NULL AND c.erased_at IS NULL;
  IF gone IS NULL THEN RETURN 0; END IF;
  CASE piece
  WHEN 'files' THEN PERFORM mark_closing_files(wanted, gone); RETURN 0;
  WHEN 'drafts' THEN DELETE FROM filing_draft d WHERE d.id IN (SELECT x.id FROM filing_draft x WHERE x.organisation_id = gone LIMIT most);
  WHEN 'keys' THEN DELETE FROM idempotency d WHERE (d.organisation_id, d.key) IN (SELECT x.organisation_id, x.key FROM idempotency x WHERE x.organisation_id = gone LIMIT most);
  WHEN 'notes' THEN DELETE FROM notice_note d WHERE d.id IN (SELECT x.id FROM notice_note x WHERE x.organisation_id = gone LIMIT most);
  WHEN 'tags' THEN DELETE FROM notice_tag d WHERE d.ctid = ANY (ARRAY(SELECT x.ctid FROM notice_tag x WHERE x.organisation_id = gone LIMIT most));
  WHEN 'assignments' THEN DELETE FROM notice_assignment d WHERE d.ctid = ANY (ARRAY(SELECT x.ctid FROM notice_assignment x WHERE x.organisation_id = gone LIMIT most));
  WHEN 'views' THEN DELETE FROM saved_view d WHERE d.id IN (SELECT x.id FROM saved_view x WHERE x.organisation_id = gone LIMIT most);
  WHEN 'bulk-rows' THEN DELETE FROM bulk_row d WHERE d.ctid = ANY (ARRAY(SELECT x.ctid FROM bulk_row x JOIN bulk_act a ON a.id = x.act_id WHERE a.organisation_id = gone LIMIT most));
  WHEN 'bulk-acts' THEN DELETE FROM bulk_act d WHERE d.id IN (SELECT x.id FROM bulk_act x WHERE x.organisation_id = gone LIMIT most);
  WHEN 'sheet-rows' THEN DELETE FROM answer_sheet_row d WHERE d.ctid = ANY (ARRAY(SELECT x.ctid FROM answer_sheet_row x JOIN answer_sheet a ON a.id = x.sheet_id WHERE a.organisation_id = gone LIMIT most));
  WHEN 'sheets' THEN DELETE FROM answer_sheet d WHERE d.id IN (SELECT x.id FROM answer_sheet x WHERE x.organisation_id = gone LIMIT most);
  WHEN 'imports' THEN DELETE FROM catalogue_import d WHERE d.id IN (SELECT x.id FROM catalogue_import x WHERE x.organisation_id = gone LIMIT most);
  WHEN 'unsent-evidence' THEN DELETE FROM evidence_notice d WHERE d.ctid = ANY (ARRAY(SELECT x.ctid FROM evidence_notice x JOIN notice n ON n.id = x.notice_id
      WHERE n.holder_organisation_id = gone AND n.begun_at IS NULL LIMIT most));
  WHEN 'evidence-works' THEN DELETE FROM evidence_work d WHERE d.ctid = ANY (ARRAY(SELECT x.ctid FROM evidence_work x JOIN evidence e ON e.id = x.evidence_id
      WHERE e.organisation_id = gone AND NOT evidence_went(e.id) LIMIT most));
  WHEN 'evidence-lines' THEN DELETE FROM evidence_access d WHERE d.ctid = ANY (ARRAY(SELECT x.ctid FROM evidence_access x JOIN evidence e ON e.id = x.evidence_id
      WHERE e.organisation_id = gone AND NOT evidence_went(e.id) LIMIT most));
  WHEN 'uploads' THEN
    -- The sweep of uploads takes the parts with the row: their names go now.
    UPDATE evidence_upload d SET name = '', fingerprint = '', evidence_id = NULL, redaction_of = NULL, updated_at = 'epoch' WHERE d.organisation_id = gone AND d.updated_at > 'epoch';
  WHEN 'evidence' THEN
    -- Copies before what they are copies of.
    DELETE FROM evidence d WHERE d.id IN (SELECT x.id FROM evidence x WHERE x.organisation_id = gone AND NOT evidence_went(x.id)
      AND NOT EXISTS (SELECT FROM evidence r WHERE r.redaction_of = x.id) AND NOT EXISTS (SELECT FROM evidence_notice u WHERE x.id IN (u.evidence_id, u.shared_id)) LIMIT most);
  WHEN 'letters' THEN DELETE FROM notice_letter d WHERE d.id IN (SELECT x.id FROM notice_letter x JOIN notice n ON n.id = x.notice_id
      WHERE n.holder_organisation_id = gone AND n.begun_at IS NULL LIMIT most);
  WHEN 'places' THEN DELETE FROM notice_location d WHERE d.ctid = ANY (ARRAY(SELECT x.ctid FROM notice_location x JOIN notice n ON n.id = x.notice_id
      WHERE n.holder_organisation_id = gone AND n.begun_at IS NULL LIMIT most));
  WHEN 'words' THEN
    UPDATE notice d SET paragraph = NULL WHERE d.id IN (SELECT n.id FROM notice n
      WHERE n.holder_organisation_id = gone AND n.begun_at IS NULL AND n.paragraph IS NOT NULL LIMIT most);
  WHEN 'returns' THEN DELETE FROM filing_private d WHERE d.filing_id IN (SELECT x.filing_id FROM filing_private x WHERE x.organisation_id = gone LIMIT most);
  WHEN 'matters' THEN
    UPDATE notice_private d SET matter_number = NULL WHERE d.notice_id IN (SELECT x.notice_id FROM notice_private x JOIN notice n ON n.id = x.notice_id
      WHERE x.holder_organisation_id = gone AND n.begun_at IS NULL AND x.matter_number IS NOT NULL LIMIT most);
  WHEN 'signatures' THEN
    UPDATE filing f SET draft_id = NULL,
        signatory_name = CASE WHEN sent.any THEN f.signatory_name END, signatory_capacity = CASE WHEN sent.any THEN f.signatory_capacity END,
        statements = CASE WHEN sent.any THEN f.statements ELSE '[]' END
      FROM (SELECT x.id, EXISTS (SELECT FROM notice n WHERE n.filing_id = x.id AND n.begun_at IS NOT NULL) AS any FROM filing x
        WHERE x.filed_by_organisation_id = gone AND (x.draft_id IS NOT NULL OR x.signatory_name IS NOT NULL
          AND NOT EXISTS (SELECT FROM notice n WHERE n.filing_id = x.id AND n.begun_at IS NOT NULL)) LIMIT most) sent
      WHERE f.id = sent.id;
  WHEN 'locations' THEN DELETE FROM work_location d WHERE d.ctid = ANY (ARRAY(SELECT x.ctid FROM (SELECT c.id, cited_versions(c.id) AS cited FROM catalogue c WHERE c.organisation_id = gone OFFSET 0) c
      JOIN work_location x ON x.catalogue_id = c.id WHERE NOT EXISTS (SELECT FROM unnest(c.cited) v WHERE x.valid_from <= v AND (x.valid_to IS NULL OR x.valid_to > v)) LIMIT most));
  WHEN 'identifiers' THEN DELETE FROM work_identifier d WHERE d.ctid = ANY (ARRAY(SELECT x.ctid FROM (SELECT c.id, cited_versions(c.id) AS cited FROM catalogue c WHERE c.organisation_id = gone OFFSET 0) c
      JOIN work_identifier x ON x.catalogue_id = c.id WHERE NOT EXISTS (SELECT FROM unnest(c.cited) v WHERE x.valid_from <= v AND (x.valid_to IS NULL OR x.valid_to > v)) LIMIT most));
  WHEN 'works' THEN DELETE FROM work d WHERE d.ctid = ANY (ARRAY(SELECT x.ctid FROM (SELECT c.id, cited_versions(c.id) AS cited FROM catalogue c WHERE c.organisation_id = gone OFFSET 0) c
      JOIN work x ON x.catalogue_id = c.id WHERE NOT EXISTS (SELECT FROM unnest(c.cited) v WHERE x.valid_from <= v AND (x.valid_to IS NULL OR x.valid_to > v)) LIMIT most));
  WHEN 'versions' THEN
    UPDATE catalogue_version d SET source_name = NULL FROM catalogue c WHERE c.id = d.catalogue_id AND c.organisation_id = gone AND d.source_name IS NOT NULL;
    DELETE FROM catalogue_version d USING catalogue c WHERE c.id = d.catalogue_id AND c.organisation_id = gone AND NOT EXISTS (
      SELECT FROM notice_scope s JOIN notice n ON n.scope_id = s.id WHERE s.catalogue_id = c.id AND s.version = d.version AND n.begun_at IS NOT NULL);
  WHEN 'collective' THEN
    DELETE FROM collective_member d USING collective_filing c WHERE c.id = d.collective_id AND c.state IN ('draft', 'to_approve')
      AND (c.association_id = gone OR d.member_id = gone);
    DELETE FROM collective_left_out d USING collective_filing c WHERE c.id = d.collective_id AND c.state IN ('draft', 'to_approve') AND c.association_id = gone;
    DELETE FROM collective_filing c WHERE c.association_id = gone AND c.state IN ('draft', 'to_approve');
    RETURN 0;
  WHEN 'catalogues' THEN
    DELETE FROM catalogue d WHERE d.id IN (SELECT c.id FROM catalogue c WHERE c.organisation_id = gone
      AND NOT EXISTS (SELECT FROM notice_scope s WHERE s.catalogue_id = c.id) AND NOT EXISTS (SELECT FROM collective_member m WHERE m.catalogue_id = c.id)
      AND NOT EXISTS (SELECT FROM evidence_work w WHERE w.catalogue_id = c.id)
      AND NOT EXISTS (SELECT FROM catalogue_version v WHERE v.catalogue_id = c.id) LIMIT most);
    GET DIAGNOSTICS took = ROW_COUNT;
    -- One that only unsent notices name keeps its row, and nothing in it.
    UPDATE catalogue d SET name = '', credit = NULL WHERE d.organisation_id = gone AND d.name <> ''
      AND NOT EXISTS (SELECT FROM catalogue_version v WHERE v.catalogue_id = d.id);
    RETURN took;
  WHEN 'joint-works' THEN
    DELETE FROM joint_work d WHERE d.association_id = gone OR (d.association_id, d.number) IN (SELECT j.association_id, j.number FROM joint_claim j WHERE j.member_id = gone);
    DELETE FROM joint_count d WHERE d.association_id = gone;
    RETURN 0;
  WHEN 'directory' THEN
    DELETE FROM contact_suggestion d WHERE d.organisation_id = gone AND d.state = 'open';
    UPDATE contact_suggestion d SET source = '' WHERE d.organisation_id = gone AND d.source <> '';
    DELETE FROM vendor_correction d WHERE d.organisation_id = gone AND d.state = 'open';
    UPDATE vendor_correction d SET note = NULL WHERE d.organisation_id = gone AND d.note IS NOT NULL;
    DELETE FROM vendor_claim d WHERE d.organisation_id = gone;
    DELETE FROM domain_proof d WHERE d.organisation_id = gone;
    RETURN 0;
  WHEN 'invited' THEN
    DELETE FROM mandate_batch d WHERE d.association_id = gone;
    DELETE FROM mandate_invitation d WHERE d.association_id = gone;
    UPDATE mandate_invitation d SET name = 'Erased organisation', email = 'erased-' || gone || '@erased.invalid' FROM mandate m
      WHERE m.id = d.mandate_id AND m.member_id = gone AND d.email <> 'erased-' || gone || '@erased.invalid';
    RETURN 0;
  WHEN 'exports' THEN
    UPDATE data_export d SET expires_at = at WHERE d.organisation_id = gone AND d.status = 'done' AND d.removed_at IS NULL AND d.expires_at > at;
    UPDATE data_export d SET status = 'failed', finished_at = at WHERE d.organisation_id = gone AND d.status IN ('queued', 'running');
    UPDATE job j SET last_error = NULL WHERE j.organisation_id = gone AND j.last_error IS NOT NULL AND j.subject_id <> wanted;
    RETURN 0;
  WHEN 'origins' THEN
    UPDATE audit_origin d SET network_address = NULL, browser = NULL, erased_at = at WHERE d.entry_id IN
      (SELECT x.entry_id FROM audit_origin x WHERE x.organisation_id = gone AND x.erased_at IS NULL LIMIT most);
  ELSE RAISE EXCEPTION 'No piece %', piece;
  END CASE;
  GET DIAGNOSTICS took = ROW_COUNT;
  RETURN took;
END $$;

-- Mails that name the organisation and belong to no notice: the digests and the mails about accounts, mandates and imports. Those
-- that arrived lose their words now, those under way once they have.
CREATE FUNCTION note_closing_mails(wanted uuid) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO closing_mail (closing_id, duty_id)
    SELECT c.id, d.id FROM organisation_closing c JOIN organisation o ON o.id = c.organisation_id, mail_duty d
    WHERE c.id = wanted AND c.begun_at IS NOT NULL AND c.erased_at IS NULL AND d.notice_id IS NULL AND d.filing_id IS NULL AND d.vendor_id IS NULL
      AND (d.organisation_id = o.id OR d.facts IS NOT NULL AND (position(to_json(o.name)::text IN d.facts::text) > 0
        OR o.name_other IS NOT NULL AND position(to_json(o.name_other)::text IN d.facts::text) > 0))
  ON CONFLICT DO NOTHING $$;
CREATE FUNCTION sweep_closing_mails(most integer) RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE swept uuid[];
BEGIN
  SELECT array_agg(s.duty_id) INTO swept FROM (SELECT c.duty_id FROM closing_mail c JOIN mail_duty d ON d.id = c.duty_id
    WHERE (d.resolved_at IS NOT NULL OR d.cancelled_at IS NOT NULL)
      AND NOT EXISTS (SELECT FROM outgoing_mail m WHERE m.duty_id = d.id AND m.status IN ('queued', 'sending', 'deferred'))
    LIMIT most FOR UPDATE OF c SKIP LOCKED) s;
  IF swept IS NULL THEN RETURN 0; END IF;
  DELETE FROM mail_raw r USING outgoing_mail m WHERE m.id = r.mail_id AND m.duty_id = ANY (swept);
  UPDATE mail_duty d SET facts = NULL WHERE d.id = ANY (swept);
  DELETE FROM closing_mail c WHERE c.duty_id = ANY (swept);
  RETURN cardinality(swept);
END $$;

-- What is left of it: a row without a name, to which the notices that were sent point.
CREATE FUNCTION finish_erasing(wanted uuid, at timestamptz) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE gone uuid;
BEGIN
  SELECT c.organisation_id INTO gone FROM organisation_closing c WHERE c.id = wanted AND c.begun_at IS NOT NULL AND c.erased_at IS NULL FOR UPDATE;
  IF gone IS NULL THEN RETURN false; END IF;
  IF EXISTS (SELECT FROM membership m WHERE m.organisation_id = gone) THEN
    RAISE EXCEPTION 'Organisation % still has members.', gone USING ERRCODE = 'restrict_violation';
  END IF;
  UPDATE organisation o SET slug = 'erased-' || gone, name = 'Erased organisation', name_other = '消去済みの組織', address_lines = NULL, locality = NULL,
      postal_code = NULL, telephone = NULL, website = NULL, domain = NULL, domain_how = NULL, domain_proven_at = NULL, four_eyes = false,
      second_factor = false, verified_at = NULL, verified_how = NULL, verified_by = NULL, erased_at = at WHERE o.id = gone;
  UPDATE organisation_closing c SET erased_at = at WHERE c.id = wanted;
  RETURN true;
END $$;

DO $$ DECLARE f text;
BEGIN
  FOREACH f IN ARRAY ARRAY['is_busy(uuid)', 'begin_erasing(uuid, timestamptz)', 'end_memberships(uuid, timestamptz)', 'mark_closing_files(uuid, uuid)',
    'forgettable_files(uuid, integer)', 'cited_versions(uuid)', 'erase_own(uuid, text, integer, timestamptz)', 'note_closing_mails(uuid)',
    'sweep_closing_mails(integer)', 'finish_erasing(uuid, timestamptz)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
  FOREACH f IN ARRAY ARRAY['begin_erasing(uuid, timestamptz)', 'end_memberships(uuid, timestamptz)', 'forgettable_files(uuid, integer)',
    'erase_own(uuid, text, integer, timestamptz)', 'note_closing_mails(uuid)', 'sweep_closing_mails(integer)', 'finish_erasing(uuid, timestamptz)'] LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO caveat_worker', f);
  END LOOP;
END $$;
