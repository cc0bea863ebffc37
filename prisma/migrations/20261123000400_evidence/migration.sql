-- Evidence: files with their hash and capture data, uploads under way, what goes with which notice, and who looked.
-- A piece lies in its organisation's locker and may go with many notices, so the notices are a table of their own.

CREATE TABLE evidence (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint NOT NULL CHECK (bytes >= 0),
  media_type text NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  search_text text NOT NULL,
  capture jsonb,
  redaction_of uuid REFERENCES evidence (id),
  made_by uuid NOT NULL REFERENCES person (id),
  made_at timestamptz(3) NOT NULL
);
CREATE INDEX evidence_recent ON evidence (organisation_id, id DESC) INCLUDE (bytes);
CREATE INDEX evidence_hash ON evidence (organisation_id, sha256);
CREATE INDEX evidence_redactions ON evidence (redaction_of, id DESC) WHERE redaction_of IS NOT NULL;
CREATE INDEX evidence_search ON evidence USING gin (search_text gin_trgm_ops);

CREATE TABLE evidence_work (
  evidence_id uuid NOT NULL REFERENCES evidence (id),
  catalogue_id uuid NOT NULL REFERENCES catalogue (id),
  work_id uuid NOT NULL,
  PRIMARY KEY (evidence_id, catalogue_id, work_id)
);

-- `evidence_id` is the piece that was chosen, `shared_id` the one that goes to the vendor: the same piece, its redacted copy, or none.
CREATE TABLE evidence_notice (
  notice_id uuid NOT NULL REFERENCES notice (id),
  evidence_id uuid NOT NULL REFERENCES evidence (id),
  shared_id uuid REFERENCES evidence (id),
  added_by uuid NOT NULL REFERENCES person (id),
  added_at timestamptz(3) NOT NULL,
  PRIMARY KEY (notice_id, evidence_id)
);
CREATE INDEX evidence_notice_of ON evidence_notice (evidence_id);
CREATE INDEX evidence_notice_shared ON evidence_notice (shared_id) WHERE shared_id IS NOT NULL;

CREATE TABLE evidence_upload (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  made_by uuid NOT NULL REFERENCES person (id),
  name text NOT NULL,
  fingerprint text NOT NULL,
  bytes bigint NOT NULL CHECK (bytes > 0),
  received bigint NOT NULL DEFAULT 0,
  parts text[] NOT NULL DEFAULT '{}',
  redaction_of uuid REFERENCES evidence (id),
  evidence_id uuid REFERENCES evidence (id),
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  CHECK (received BETWEEN 0 AND bytes)
);
CREATE INDEX evidence_upload_open ON evidence_upload (organisation_id, id DESC) WHERE evidence_id IS NULL;
CREATE INDEX evidence_upload_stale ON evidence_upload (updated_at);

CREATE TABLE evidence_access (
  id uuid PRIMARY KEY,
  evidence_id uuid NOT NULL REFERENCES evidence (id),
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  at timestamptz(3) NOT NULL,
  what text NOT NULL CHECK (what IN ('opened', 'shown', 'downloaded')),
  person_id uuid REFERENCES person (id),
  link_id uuid REFERENCES notice_link (id),
  network_address text,
  user_agent text,
  CHECK ((person_id IS NULL) <> (link_id IS NULL))
);
CREATE INDEX evidence_access_recent ON evidence_access (evidence_id, id DESC);

-- Who looked stays written: nobody changes or removes a line.
CREATE TRIGGER evidence_access_grows BEFORE UPDATE OR DELETE ON evidence_access FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER evidence_access_keeps BEFORE TRUNCATE ON evidence_access FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Whether a piece has gone out with a notice: from then on it stays as the vendor may have seen it.
CREATE FUNCTION evidence_went(piece uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT EXISTS (SELECT FROM evidence_notice u JOIN notice n ON n.id = u.notice_id
       WHERE (u.evidence_id = piece OR u.shared_id = piece) AND n.begun_at IS NOT NULL) $$;

-- Whether the asker may let a piece go with a notice: as itself, as a redacted copy of itself, or unshared. A function, because the
-- policies of pieces ask what goes with notices, and a policy may not ask itself.
CREATE FUNCTION may_send_evidence(piece uuid, shared uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT EXISTS (SELECT FROM evidence e WHERE e.id = piece AND e.organisation_id IN (SELECT my_organisations_as('{owner,editor}'))
       AND (shared IS NULL OR shared = piece OR EXISTS (SELECT FROM evidence r WHERE r.id = shared AND r.redaction_of = piece))) $$;

-- Of a piece only its capture is filled in later, and of one that went out not even that. No piece is removed.
CREATE FUNCTION protect_evidence() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'Evidence % is kept.', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF (OLD.id, OLD.organisation_id, OLD.sha256, OLD.bytes, OLD.media_type, OLD.name, OLD.search_text, OLD.redaction_of, OLD.made_by, OLD.made_at)
     IS DISTINCT FROM (NEW.id, NEW.organisation_id, NEW.sha256, NEW.bytes, NEW.media_type, NEW.name, NEW.search_text, NEW.redaction_of, NEW.made_by, NEW.made_at)
     OR evidence_went(OLD.id) THEN
    RAISE EXCEPTION 'Evidence % stays what it was.', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER evidence_stays BEFORE UPDATE OR DELETE ON evidence FOR EACH ROW EXECUTE FUNCTION protect_evidence();

-- What went with a notice went: only sharing more is left once its sending has begun.
CREATE FUNCTION protect_sharing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM notice n WHERE n.id = OLD.notice_id AND n.begun_at IS NOT NULL) THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.shared_id IS NULL AND (OLD.notice_id, OLD.evidence_id) = (NEW.notice_id, NEW.evidence_id) THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'What goes with a notice that was sent does not change.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER evidence_notice_stays BEFORE UPDATE OR DELETE ON evidence_notice FOR EACH ROW EXECUTE FUNCTION protect_sharing();

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['evidence', 'evidence_work', 'evidence_notice', 'evidence_upload', 'evidence_access'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_all ON %I TO caveat_owner USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;

-- The worker writes mails about what was shared and clears away uploads that nobody finished. It reads no original.
GRANT SELECT ON evidence_notice TO caveat_worker;
CREATE POLICY worker_read ON evidence_notice FOR SELECT TO caveat_worker USING (true);
GRANT SELECT ON evidence TO caveat_worker;
CREATE POLICY worker_read ON evidence FOR SELECT TO caveat_worker USING (EXISTS (SELECT FROM evidence_notice u WHERE u.shared_id = evidence.id));
GRANT SELECT, DELETE ON evidence_upload TO caveat_worker;
CREATE POLICY worker_read ON evidence_upload FOR SELECT TO caveat_worker USING (true);
CREATE POLICY worker_remove ON evidence_upload FOR DELETE TO caveat_worker USING (true);

-- What goes with a notice: all of it for its holder, what is shared for whoever may read the notice.
GRANT SELECT ON evidence_notice TO caveat_app;
CREATE POLICY read ON evidence_notice FOR SELECT TO caveat_app
  USING (EXISTS (SELECT FROM notice n WHERE n.id = notice_id) AND (shared_id IS NOT NULL OR is_holder_of(notice_id)));
GRANT INSERT ON evidence_notice TO caveat_app;
CREATE POLICY add ON evidence_notice FOR INSERT TO caveat_app
  WITH CHECK (is_holder_of(notice_id) AND may_act_on(notice_id) AND added_by = asking_person()
    AND may_send_evidence(evidence_id, shared_id));
GRANT UPDATE ON evidence_notice TO caveat_app;
CREATE POLICY change ON evidence_notice FOR UPDATE TO caveat_app
  USING (is_holder_of(notice_id) AND may_act_on(notice_id))
  WITH CHECK (is_holder_of(notice_id) AND may_act_on(notice_id) AND added_by = asking_person()
    AND may_send_evidence(evidence_id, shared_id));
GRANT DELETE ON evidence_notice TO caveat_app;
CREATE POLICY remove ON evidence_notice FOR DELETE TO caveat_app
  USING (is_holder_of(notice_id) AND may_act_on(notice_id));

-- Pieces: the organisation's own, and of others only what goes with a notice that the asker may read. Never an operator's.
GRANT SELECT ON evidence TO caveat_app;
CREATE POLICY read ON evidence FOR SELECT TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations())) OR EXISTS (SELECT FROM evidence_notice u WHERE u.shared_id = evidence.id));
GRANT INSERT ON evidence TO caveat_app;
CREATE POLICY add ON evidence FOR INSERT TO caveat_app
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) AND made_by = asking_person());
GRANT UPDATE ON evidence TO caveat_app;
CREATE POLICY change ON evidence FOR UPDATE TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))))
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))));
GRANT SELECT ON evidence_work TO caveat_app;
CREATE POLICY read ON evidence_work FOR SELECT TO caveat_app
  USING (EXISTS (SELECT FROM evidence e WHERE e.id = evidence_id));
GRANT INSERT ON evidence_work TO caveat_app;
CREATE POLICY add ON evidence_work FOR INSERT TO caveat_app
  WITH CHECK (EXISTS (SELECT FROM evidence e JOIN catalogue c ON c.organisation_id = e.organisation_id
    WHERE e.id = evidence_id AND c.id = catalogue_id AND e.organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}')))) AND NOT evidence_went(evidence_id));
GRANT DELETE ON evidence_work TO caveat_app;
CREATE POLICY remove ON evidence_work FOR DELETE TO caveat_app
  USING (EXISTS (SELECT FROM evidence e WHERE e.id = evidence_id AND e.organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}')))) AND NOT evidence_went(evidence_id));

-- Uploads under way: of whoever began them.
GRANT SELECT ON evidence_upload TO caveat_app;
CREATE POLICY read ON evidence_upload FOR SELECT TO caveat_app
  USING (made_by = asking_person() AND organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))));
GRANT INSERT ON evidence_upload TO caveat_app;
CREATE POLICY add ON evidence_upload FOR INSERT TO caveat_app
  WITH CHECK (made_by = asking_person() AND organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))));
GRANT UPDATE ON evidence_upload TO caveat_app;
CREATE POLICY change ON evidence_upload FOR UPDATE TO caveat_app
  USING (made_by = asking_person() AND organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))))
  WITH CHECK (made_by = asking_person() AND organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))));
GRANT DELETE ON evidence_upload TO caveat_app;
CREATE POLICY remove ON evidence_upload FOR DELETE TO caveat_app
  USING (made_by = asking_person() AND organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))));

-- The access log: whoever may read a piece writes that he or she did, its owner reads it.
GRANT SELECT ON evidence_access TO caveat_app;
CREATE POLICY read ON evidence_access FOR SELECT TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations())));
GRANT INSERT ON evidence_access TO caveat_app;
CREATE POLICY add ON evidence_access FOR INSERT TO caveat_app
  WITH CHECK ((person_id = asking_person() OR link_id = asking_link())
    AND EXISTS (SELECT FROM evidence e WHERE e.id = evidence_id AND e.organisation_id = evidence_access.organisation_id));

-- The log of a piece for its owner, newest first. The names of the vendor's people are asked when it is read, so they can be erased.
CREATE FUNCTION evidence_log(piece uuid, before uuid, most integer)
RETURNS TABLE (id uuid, at timestamptz, what text, name text, organisation text, address text, network_address text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT a.id, a.at, a.what, p.name,
    coalesce((SELECT o.name FROM membership m JOIN organisation o ON o.id = m.organisation_id WHERE m.person_id = a.person_id AND o.id = a.organisation_id),
      (SELECT min(o.name) FROM membership m JOIN organisation o ON o.id = m.organisation_id WHERE m.person_id = a.person_id
        AND o.id IN (SELECT v.organisation_id FROM evidence_notice u JOIN notice n ON n.id = u.notice_id JOIN vendor v ON v.id = n.vendor_id
          WHERE u.shared_id = a.evidence_id))),
    l.address, a.network_address
  FROM evidence_access a JOIN evidence e ON e.id = a.evidence_id
    LEFT JOIN person p ON p.id = a.person_id LEFT JOIN notice_link l ON l.id = a.link_id
  WHERE a.evidence_id = piece AND e.organisation_id IN (SELECT my_organisations()) AND (before IS NULL OR a.id < before)
  ORDER BY a.id DESC LIMIT least(most, 200) $$;

-- Fragment search: LIKE is not leakproof, so under row security it would read every row. Membership is checked first.
CREATE FUNCTION search_evidence(wanted uuid, fragment text, before uuid, most integer) RETURNS TABLE (id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF wanted NOT IN (SELECT my_organisations()) THEN RETURN; END IF;
  RETURN QUERY SELECT e.id FROM evidence e
    WHERE e.organisation_id = wanted AND e.redaction_of IS NULL AND (before IS NULL OR e.id < before)
      AND (e.search_text LIKE '%' || replace(replace(replace(fragment, '\', '\\'), '%', '\%'), '_', '\_') || '%'
        OR EXISTS (SELECT FROM evidence r WHERE r.redaction_of = e.id
          AND r.search_text LIKE '%' || replace(replace(replace(fragment, '\', '\\'), '%', '\%'), '_', '\_') || '%'))
    ORDER BY e.id DESC LIMIT least(most, 200);
END $$;

-- How many bytes an organisation keeps or is sending: one after another, so that two uploads cannot both take the last room.
CREATE FUNCTION evidence_room(wanted uuid) RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE taken bigint;
BEGIN
  IF wanted NOT IN (SELECT my_organisations()) THEN RETURN NULL; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('evidence ' || wanted::text, 0));
  SELECT coalesce((SELECT sum(e.bytes) FROM evidence e WHERE e.organisation_id = wanted), 0)
    + coalesce((SELECT sum(u.bytes) FROM evidence_upload u WHERE u.organisation_id = wanted AND u.evidence_id IS NULL), 0) INTO taken;
  RETURN taken;
END $$;

REVOKE ALL ON FUNCTION evidence_went(uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION may_send_evidence(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION may_send_evidence(uuid, uuid) TO caveat_app;
REVOKE ALL ON FUNCTION protect_evidence() FROM PUBLIC;
REVOKE ALL ON FUNCTION protect_sharing() FROM PUBLIC;
REVOKE ALL ON FUNCTION evidence_log(uuid, uuid, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION search_evidence(uuid, text, uuid, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION evidence_room(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION evidence_went(uuid) TO caveat_app, caveat_worker;
GRANT EXECUTE ON FUNCTION evidence_log(uuid, uuid, integer) TO caveat_app;
GRANT EXECUTE ON FUNCTION search_evidence(uuid, text, uuid, integer) TO caveat_app;
GRANT EXECUTE ON FUNCTION evidence_room(uuid) TO caveat_app;
