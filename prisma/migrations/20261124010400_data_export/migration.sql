-- Exports: of what the portal knows of a person, for that person, and of an organisation's own, for its owners.
CREATE TABLE data_export (
  id uuid PRIMARY KEY,
  organisation_id uuid REFERENCES organisation (id),
  requested_by uuid NOT NULL REFERENCES person (id),
  locale text NOT NULL CHECK (locale IN ('en', 'ja')),
  status text NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed')),
  parts_done integer NOT NULL DEFAULT 0,
  parts_total integer,
  sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint,
  created_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  -- when the file goes, and when it went
  expires_at timestamptz(3),
  removed_at timestamptz(3),
  CHECK ((status = 'done') = (sha256 IS NOT NULL))
);
CREATE INDEX data_export_person ON data_export (requested_by, id DESC) WHERE organisation_id IS NULL;
CREATE INDEX data_export_organisation ON data_export (organisation_id, id DESC);
CREATE INDEX data_export_expiring ON data_export (expires_at) WHERE removed_at IS NULL;
-- One at a time: asked again meanwhile, it is the same one.
CREATE UNIQUE INDEX data_export_own_open ON data_export (requested_by) WHERE organisation_id IS NULL AND status IN ('queued', 'running');
CREATE UNIQUE INDEX data_export_organisation_open ON data_export (organisation_id) WHERE status IN ('queued', 'running');
ALTER TABLE data_export ENABLE ROW LEVEL SECURITY;
ALTER TABLE data_export FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON data_export TO caveat_owner USING (true) WITH CHECK (true);
CREATE POLICY worker_all ON data_export TO caveat_worker USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE ON data_export TO caveat_worker;
GRANT SELECT ON data_export TO caveat_app;
CREATE POLICY read ON data_export FOR SELECT TO caveat_app
  USING (organisation_id IS NULL AND requested_by = asking_person() OR organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))));

-- Orders an export with its job: of the asker's own data, or of an organisation of which the asker is an owner.
CREATE FUNCTION order_export(wanted uuid, organisation uuid, new_job uuid, language text, at timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF asking_person() IS NULL OR NOT EXISTS (SELECT FROM person p WHERE p.id = asking_person() AND p.erased_at IS NULL)
     OR organisation IS NOT NULL AND organisation NOT IN (SELECT my_organisations_as('{owner}')) THEN RETURN false; END IF;
  INSERT INTO data_export (id, organisation_id, requested_by, locale, status, created_at)
    VALUES (wanted, organisation, asking_person(), language, 'queued', at) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO job (id, kind, subject_id, organisation_id, requested_by, status, run_at, created_at)
    VALUES (new_job, 'export', wanted, organisation, asking_person(), 'queued', at, at);
  RETURN true;
END $$;

-- What the portal knows of the asker, short of what can be long.
CREATE FUNCTION own_record() RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT jsonb_build_object(
    'person', to_jsonb(p),
    'memberships', (SELECT coalesce(jsonb_agg(jsonb_build_object('organisation', o.name, 'role', m.role, 'since', m.created_at)), '[]')
      FROM membership m JOIN organisation o ON o.id = m.organisation_id WHERE m.person_id = p.id),
    'invitations', (SELECT coalesce(jsonb_agg(jsonb_build_object('organisation', o.name, 'role', i.role, 'at', i.created_at, 'accepted', i.accepted_at)), '[]')
      FROM invitation i JOIN organisation o ON o.id = i.organisation_id WHERE i.email = p.email),
    'mail_choices', (SELECT coalesce(jsonb_agg(to_jsonb(c) - 'person_id'), '[]') FROM mail_choice c WHERE c.person_id = p.id),
    'filings', (SELECT coalesce(jsonb_agg(jsonb_build_object('reference', f.reference, 'submitted_at', f.submitted_at,
        'signed_as', CASE WHEN f.submitted_by = p.id AND f.approved_by IS NULL OR f.approved_by = p.id THEN f.signatory_name END, 'approved_at', CASE WHEN f.approved_by = p.id THEN f.approved_at END)), '[]')
      FROM filing f WHERE f.submitted_by = p.id OR f.approved_by = p.id),
    'messages', (SELECT coalesce(jsonb_agg(jsonb_build_object('notice', n.reference, 'at', g.at, 'subject', g.subject, 'text', g.fresh)), '[]')
      FROM notice_message g JOIN notice n ON n.id = g.notice_id WHERE lower(g.author_address) = p.email))
  FROM person p WHERE p.id = asking_person() $$;

-- The lines of ledgers that hold facts about the asker.
CREATE FUNCTION own_events(after_notice uuid, after_sequence integer, most integer)
RETURNS TABLE (notice_id uuid, sequence integer, line jsonb) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT e.notice_id, e.sequence, jsonb_build_object('notice', n.reference, 'line', e.sequence, 'at', e.at, 'step', e.type, 'channel', e.channel, 'facts', x.facts)
  FROM event_person x JOIN notice_event e USING (notice_id, sequence) JOIN notice n ON n.id = e.notice_id
  WHERE lower(x.facts ->> 'address') = (SELECT p.email FROM person p WHERE p.id = asking_person())
    AND (after_notice IS NULL OR (x.notice_id, x.sequence) > (after_notice, after_sequence))
  ORDER BY x.notice_id, x.sequence LIMIT least(most, 1000) $$;

-- What the asker did, as records of organisations hold it, with where it came from.
CREATE FUNCTION own_acts(after uuid, most integer)
RETURNS TABLE (id uuid, line jsonb) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT e.id, jsonb_build_object('organisation', o.name, 'at', e.at, 'kind', e.kind, 'facts', e.facts, 'network_address', x.network_address, 'browser', x.browser)
  FROM audit_entry e JOIN organisation o ON o.id = e.organisation_id LEFT JOIN audit_origin x ON x.entry_id = e.id
  WHERE e.person_id = asking_person() AND e.actor = 'member' AND (after IS NULL OR e.id > after) ORDER BY e.id LIMIT least(most, 1000) $$;

-- The mails that went to the asker, as they were.
CREATE FUNCTION own_mails(after uuid, most integer)
RETURNS TABLE (id uuid, kind text, created_at timestamptz, sha256 text, bytes bytea) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT m.id, m.kind, m.created_at, m.raw_sha256, r.bytes FROM outgoing_mail m JOIN mail_raw r ON r.mail_id = m.id JOIN person p ON p.id = asking_person()
  WHERE (m.person_id = p.id OR m.to_address = p.email) AND m.contact_id IS NULL AND (after IS NULL OR m.id > after)
  ORDER BY m.id LIMIT least(most, 100) $$;

REVOKE ALL ON FUNCTION order_export(uuid, uuid, uuid, text, timestamptz), own_record(), own_events(uuid, integer, integer), own_acts(uuid, integer), own_mails(uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION order_export(uuid, uuid, uuid, text, timestamptz), own_record(), own_events(uuid, integer, integer), own_acts(uuid, integer), own_mails(uuid, integer) TO caveat_app;
