-- Questions of a vendor about a notice, the works they are about, and the files that came with an answer. What was asked and
-- answered in words lies beside the ledger in event_person, where it can be erased. Here is only what the portal counts with.
CREATE TABLE question (
  id uuid PRIMARY KEY,
  notice_id uuid NOT NULL REFERENCES notice (id),
  number integer NOT NULL,
  kind text NOT NULL CONSTRAINT question_kind_known CHECK (kind IN ('works', 'identifiers', 'authority', 'evidence', 'scope', 'other', 'incomplete')),
  reasons text[] NOT NULL DEFAULT '{}' CONSTRAINT question_reasons_known CHECK (reasons <@ ARRAY['works', 'identifiers', 'locations', 'rights', 'authority', 'evidence', 'measures', 'contact']),
  works_kind text NOT NULL CONSTRAINT question_works_kind_known CHECK (works_kind IN ('all', 'listed')),
  works_count integer NOT NULL,
  asked_sequence integer NOT NULL,
  asked_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  ended_how text CONSTRAINT question_ended_how_known CHECK (ended_how IN ('answered', 'closed', 'overtaken')),
  ended_sequence integer,
  CONSTRAINT question_ended_whole CHECK ((ended_at IS NULL) = (ended_how IS NULL) AND (ended_at IS NULL) = (ended_sequence IS NULL)),
  CONSTRAINT question_number_once UNIQUE (notice_id, number),
  CONSTRAINT question_line_once UNIQUE (notice_id, asked_sequence)
);
CREATE INDEX question_open ON question (notice_id) WHERE ended_at IS NULL;

CREATE TABLE question_work (
  question_id uuid NOT NULL REFERENCES question (id),
  work_id uuid NOT NULL,
  notice_id uuid NOT NULL REFERENCES notice (id),
  PRIMARY KEY (question_id, work_id)
);
CREATE INDEX question_work_notice ON question_work (notice_id);

CREATE TABLE question_file (
  id uuid PRIMARY KEY,
  question_id uuid NOT NULL REFERENCES question (id),
  notice_id uuid NOT NULL REFERENCES notice (id),
  event_sequence integer NOT NULL,
  position integer NOT NULL,
  name text NOT NULL,
  media_type text NOT NULL,
  sha256 text NOT NULL,
  bytes integer NOT NULL,
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT question_file_place_once UNIQUE (question_id, event_sequence, position)
);
CREATE INDEX question_file_notice ON question_file (notice_id);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['question', 'question_work', 'question_file'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_all ON %I TO caveat_owner USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY worker_all ON %I TO caveat_worker USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO caveat_worker', t);
    -- Both sides of the notice read the thread, its link's bearer too.
    EXECUTE format('GRANT SELECT ON %I TO caveat_app', t);
    EXECUTE format('CREATE POLICY read ON %I FOR SELECT TO caveat_app USING (EXISTS (SELECT FROM notice n WHERE n.id = notice_id))', t);
  END LOOP;
END $$;
GRANT INSERT, UPDATE ON question TO caveat_app;
CREATE POLICY add ON question FOR INSERT TO caveat_app
  WITH CHECK (may_act_on(notice_id));
CREATE POLICY change ON question FOR UPDATE TO caveat_app
  USING (may_act_on(notice_id))
  WITH CHECK (may_act_on(notice_id));
GRANT INSERT ON question_file TO caveat_app;
CREATE POLICY add ON question_file FOR INSERT TO caveat_app
  WITH CHECK (may_act_on(notice_id) AND EXISTS (SELECT FROM question q WHERE q.id = question_id AND q.notice_id = question_file.notice_id));

-- A question ends once. What was asked stays as it was asked.
CREATE FUNCTION protect_question() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF (OLD.id, OLD.notice_id, OLD.number, OLD.kind, OLD.reasons, OLD.works_kind, OLD.asked_sequence, OLD.asked_at)
     IS DISTINCT FROM (NEW.id, NEW.notice_id, NEW.number, NEW.kind, NEW.reasons, NEW.works_kind, NEW.asked_sequence, NEW.asked_at)
     OR OLD.ended_at IS NOT NULL AND (OLD.ended_at, OLD.ended_how, OLD.ended_sequence) IS DISTINCT FROM (NEW.ended_at, NEW.ended_how, NEW.ended_sequence)
     OR OLD.works_count IS DISTINCT FROM NEW.works_count AND OLD.works_count <> 0 THEN
    RAISE EXCEPTION 'Question % of notice % stays as it was asked.', OLD.number, OLD.notice_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER question_protected BEFORE UPDATE ON question FOR EACH ROW EXECUTE FUNCTION protect_question();

-- Keeps the works that a question is about: those chosen by hand, or those that a fragment finds, at most `most`. More than that
-- keeps none and says so by one more. As a definer: under row security each work would ask again for its notice.
CREATE FUNCTION list_question_works(target uuid, chosen uuid[], fragment text, most integer) RETURNS TABLE (works integer, digest text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE asked question;
DECLARE found integer;
BEGIN
  SELECT * INTO asked FROM question q WHERE q.id = target;
  IF asked.id IS NULL OR asked.works_count <> 0 OR NOT may_act_on(asked.notice_id) THEN RETURN; END IF;
  INSERT INTO question_work (question_id, work_id, notice_id)
    SELECT target, w.work_id, asked.notice_id
    FROM notice n JOIN notice_scope s ON s.id = n.scope_id
    JOIN work w ON w.catalogue_id = s.catalogue_id AND w.valid_from <= s.version AND (w.valid_to IS NULL OR w.valid_to > s.version)
    WHERE n.id = asked.notice_id
      AND (s.kind = 'all' OR EXISTS (SELECT FROM notice_scope_work x WHERE x.scope_id = s.id AND x.work_id = w.work_id))
      AND NOT EXISTS (SELECT FROM outcome_cell c WHERE c.notice_id = n.id AND c.work_id = w.work_id AND c.outcome = 'withdrawn')
      AND (chosen IS NULL OR w.work_id = ANY (chosen))
      AND (fragment IS NULL OR w.search_text LIKE '%' || replace(replace(replace(fragment, '\', '\\'), '%', '\%'), '_', '\_') || '%')
    LIMIT most + 1;
  GET DIAGNOSTICS found = ROW_COUNT;
  IF found BETWEEN 1 AND most THEN UPDATE question SET works_count = found WHERE id = target; END IF;
  IF found > most THEN DELETE FROM question_work WHERE question_id = target; END IF;
  RETURN QUERY SELECT found, (SELECT encode(sha256(convert_to(string_agg(x.work_id::text, chr(10) ORDER BY x.work_id), 'UTF8')), 'hex')
    FROM question_work x WHERE x.question_id = target);
END $$;
REVOKE ALL ON FUNCTION protect_question() FROM PUBLIC;
REVOKE ALL ON FUNCTION list_question_works(uuid, uuid[], text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION list_question_works(uuid, uuid[], text, integer) TO caveat_app, caveat_worker;
