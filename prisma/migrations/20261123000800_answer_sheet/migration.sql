-- Answers that come as a file: the file, how far it was read, what came of it, and its rows until they are recorded. A file is
-- its sender's own until then: the holder sees answers, never files.
CREATE TABLE answer_sheet (
  id uuid PRIMARY KEY,
  notice_id uuid NOT NULL REFERENCES notice (id),
  organisation_id uuid REFERENCES organisation (id),
  requested_by uuid REFERENCES person (id),
  link_id uuid REFERENCES notice_link (id),
  locale text NOT NULL CONSTRAINT answer_sheet_locale_known CHECK (locale IN ('en', 'ja')),
  status text NOT NULL CONSTRAINT answer_sheet_status_known CHECK (status IN ('reading', 'read', 'recording', 'recorded', 'failed', 'dropped')),
  failure text,
  file_sha256 text NOT NULL,
  file_name text NOT NULL,
  file_bytes bigint NOT NULL,
  encoding text,
  separator text,
  sheet text,
  based_on integer,
  judged_at_sequence integer,
  overwrite boolean NOT NULL DEFAULT false,
  rows_read integer NOT NULL DEFAULT 0,
  rows_total integer,
  rows_changed integer,
  rows_newer integer,
  rows_same integer,
  rows_failed integer,
  cells integer,
  event_sequence integer,
  bearer jsonb,
  result_sha256 text,
  created_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  CONSTRAINT answer_sheet_sender CHECK ((link_id IS NULL) = (requested_by IS NOT NULL) AND (requested_by IS NULL) = (organisation_id IS NULL)),
  CONSTRAINT answer_sheet_form CHECK ((sheet IS NULL) = (encoding IS NOT NULL) AND (encoding IS NULL) = (separator IS NULL))
);
CREATE INDEX answer_sheet_notice ON answer_sheet (notice_id, created_at);

CREATE TABLE answer_sheet_row (
  sheet_id uuid NOT NULL REFERENCES answer_sheet (id) ON DELETE CASCADE,
  notice_id uuid NOT NULL,
  line integer NOT NULL,
  named_work uuid,
  external_id text,
  title text,
  folded_title text,
  work_id uuid,
  measure text,
  outcome text,
  code text,
  text text,
  effective_on date,
  -- What is wrong with the row by itself, and the words in it that are wrong.
  fault text,
  detail text,
  verdict text CONSTRAINT answer_sheet_row_verdict_known CHECK (verdict IN ('change', 'newer', 'same', 'failed')),
  because text,
  PRIMARY KEY (sheet_id, line)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['answer_sheet', 'answer_sheet_row'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_all ON %I TO caveat_owner USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY worker_all ON %I TO caveat_worker USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO caveat_worker', t);
    EXECUTE format('GRANT SELECT ON %I TO caveat_app', t);
  END LOOP;
END $$;
CREATE POLICY read ON answer_sheet FOR SELECT TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations())) OR link_id = (SELECT asking_link()) AND notice_id = (SELECT link_notice()));
GRANT INSERT, UPDATE ON answer_sheet TO caveat_app;
CREATE POLICY add ON answer_sheet FOR INSERT TO caveat_app
  WITH CHECK (may_act_on(notice_id) AND (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}')))
      AND requested_by = (SELECT asking_person()) OR link_id = (SELECT asking_link()) AND notice_id = (SELECT link_notice())));
CREATE POLICY change ON answer_sheet FOR UPDATE TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) OR link_id = (SELECT asking_link()) AND notice_id = (SELECT link_notice()))
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) OR link_id = (SELECT asking_link()) AND notice_id = (SELECT link_notice()));
CREATE POLICY read ON answer_sheet_row FOR SELECT TO caveat_app
  USING (sheet_id IN (SELECT s.id FROM answer_sheet s));

-- What was sent stays what was sent, and what was recorded stays so.
CREATE FUNCTION protect_answer_sheet() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF (OLD.id, OLD.notice_id, OLD.organisation_id, OLD.requested_by, OLD.link_id, OLD.file_sha256, OLD.created_at)
     IS DISTINCT FROM (NEW.id, NEW.notice_id, NEW.organisation_id, NEW.requested_by, NEW.link_id, NEW.file_sha256, NEW.created_at)
     OR OLD.status = 'recorded' AND NEW IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'The file of answers % stays as it was sent.', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER answer_sheet_protected BEFORE UPDATE ON answer_sheet FOR EACH ROW EXECUTE FUNCTION protect_answer_sheet();

-- Whether the asker may fill and record this file: asked once for all of its rows.
CREATE FUNCTION may_use_sheet(target uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM answer_sheet s WHERE s.id = $1 AND may_act_on(s.notice_id) AND s.status IN ('reading', 'read', 'recording')
    AND (s.organisation_id IN (SELECT my_organisations_as('{owner,editor}')) OR s.link_id = asking_link() AND s.notice_id = link_notice()))
$$;

-- Keeps rows of a file as they were read.
CREATE FUNCTION stage_answer_rows(target uuid, lines jsonb) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT may_use_sheet(target) THEN RAISE EXCEPTION 'Not a file of the asker' USING ERRCODE = 'insufficient_privilege'; END IF;
  INSERT INTO answer_sheet_row (sheet_id, notice_id, line, named_work, external_id, title, folded_title, measure, outcome, code, text, effective_on, fault, detail)
  SELECT target, (SELECT s.notice_id FROM answer_sheet s WHERE s.id = target), r.line, r.named_work, r.external_id, r.title, r.folded_title, r.measure, r.outcome, r.code, r.text, r.effective_on, r.fault, r.detail
  FROM jsonb_to_recordset(lines) AS r(line integer, named_work uuid, external_id text, title text, folded_title text, measure text,
    outcome text, code text, text text, effective_on date, fault text, detail text);
END $$;

-- Lets the rows of a file go: it is read anew, dropped, or recorded.
CREATE FUNCTION clear_answer_rows(target uuid) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT may_use_sheet(target) THEN RAISE EXCEPTION 'Not a file of the asker' USING ERRCODE = 'insufficient_privilege'; END IF;
  DELETE FROM answer_sheet_row r WHERE r.sheet_id = target;
END $$;

-- A text as it is compared: a spreadsheet changes line breaks, and an apostrophe guards what begins like a formula.
CREATE FUNCTION plain_answer_text(given text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public AS $$
  SELECT nullif(btrim(regexp_replace(regexp_replace(coalesce($1, ''), '\r\n?', E'\n', 'g'), '^''(?=[[:space:]]*[=+@＝＋－＠-])', ''), E' \n\t'), '')
$$;

-- The last line of a notice that changed answers.
CREATE FUNCTION answered_at(target uuid) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce(max(e.sequence), 0) FROM notice_event e WHERE e.notice_id = $1 AND may_act_on($1)
    AND (e.type IN ('outcomes.recorded', 'decision.declared', 'works.withdrawn') OR e.type LIKE 'licence.%')
$$;

-- Judges every row of a file against the answers as they are: which work it names, and whether it changes something.
CREATE FUNCTION judge_answer_rows(target uuid) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE own answer_sheet;
DECLARE cited notice_scope;
DECLARE last_answer integer;
BEGIN
  IF NOT may_use_sheet(target) THEN RAISE EXCEPTION 'Not a file of the asker' USING ERRCODE = 'insufficient_privilege'; END IF;
  SELECT * INTO own FROM answer_sheet s WHERE s.id = target;
  SELECT s.* INTO cited FROM notice_scope s JOIN notice n ON n.scope_id = s.id WHERE n.id = own.notice_id;
  last_answer := answered_at(own.notice_id);
  ANALYZE answer_sheet_row;
  -- A row without our id is found by the holder's: one that is there once only.
  IF EXISTS (SELECT FROM answer_sheet_row r WHERE r.sheet_id = target AND r.named_work IS NULL AND r.external_id IS NOT NULL) THEN
    UPDATE answer_sheet_row r SET work_id = w.work_id FROM work w
    WHERE r.sheet_id = target AND r.named_work IS NULL AND r.external_id IS NOT NULL AND w.catalogue_id = cited.catalogue_id
      AND w.external_id = r.external_id AND w.valid_from <= cited.version AND (w.valid_to IS NULL OR w.valid_to > cited.version);
  END IF;
  WITH named AS (
      SELECT r.*, w.work_id AS found_work,
        -- Rows that slipped against their ids: neither the identifier nor the title is that of the work.
        w.work_id IS NOT NULL AND (r.external_id IS NOT NULL OR r.folded_title IS NOT NULL)
          AND (r.external_id IS NULL OR lower(r.external_id) <> lower(w.external_id))
          AND (r.folded_title IS NULL OR position(r.folded_title IN w.search_text) = 0) AS slipped
      FROM answer_sheet_row r
      LEFT JOIN work w ON w.catalogue_id = cited.catalogue_id AND w.work_id = coalesce(r.named_work, r.work_id)
        AND w.valid_from <= cited.version AND (w.valid_to IS NULL OR w.valid_to > cited.version)
        AND (cited.kind = 'all' OR EXISTS (SELECT FROM notice_scope_work x WHERE x.scope_id = cited.id AND x.work_id = w.work_id))
      WHERE r.sheet_id = target),
    said AS (
      SELECT n.*, row(n.outcome, n.code, plain_answer_text(n.text), n.effective_on)::text AS answer FROM named n),
    compared AS (
      SELECT s.line, s.found_work, s.slipped, s.fault, s.measure, s.outcome, m.measure IS NOT NULL AS asked,
        coalesce(c.outcome, m.default_outcome) AS now_outcome,
        s.answer = row(coalesce(c.outcome, m.default_outcome), CASE WHEN c.work_id IS NULL THEN m.default_code ELSE c.code END,
          plain_answer_text(CASE WHEN c.work_id IS NULL THEN m.default_text ELSE c.text END),
          CASE WHEN c.work_id IS NULL THEN m.effective_on ELSE c.effective_on END)::text AS stands,
        min(s.answer) OVER twin IS DISTINCT FROM max(s.answer) OVER twin AS torn,
        row_number() OVER (twin ORDER BY s.line) > 1 AS again,
        last_answer > own.based_on AND (coalesce(c.event_sequence, m.event_sequence, 0) > own.based_on
          OR EXISTS (SELECT FROM outcome_cell_history h WHERE h.notice_id = own.notice_id AND h.work_id = s.found_work
            AND h.measure = s.measure AND h.replaced_by > own.based_on)) AS newer
      FROM said s
      LEFT JOIN notice_measure m ON m.notice_id = own.notice_id AND m.measure = s.measure
      LEFT JOIN outcome_cell c ON c.notice_id = own.notice_id AND c.work_id = s.found_work AND c.measure = s.measure
      WINDOW twin AS (PARTITION BY s.found_work, s.measure, s.outcome IS NULL, s.slipped)),
    judged AS (
      SELECT c.line, c.found_work, CASE
          WHEN c.fault IN ('broken-row', 'no-work', 'no-measure', 'unknown-measure', 'not-asked') THEN c.fault
          WHEN c.found_work IS NULL THEN 'unknown-work'
          WHEN c.slipped THEN 'other-work'
          WHEN c.outcome IS NULL AND c.fault IS NULL THEN NULL
          WHEN c.torn AND c.outcome IS NOT NULL THEN 'answered-twice'
          WHEN c.stands AND c.outcome IS NOT NULL THEN NULL
          WHEN c.fault IS NOT NULL THEN c.fault
          WHEN c.now_outcome = 'withdrawn' THEN 'withdrawn-work'
        END AS because,
        c.outcome IS NULL OR c.stands OR c.again AS idle, coalesce(c.newer, false) AS newer
      FROM compared c)
  UPDATE answer_sheet_row r SET work_id = coalesce(j.found_work, r.work_id), because = j.because, verdict = CASE
      WHEN j.because IS NOT NULL THEN 'failed' WHEN j.idle THEN 'same' WHEN j.newer THEN 'newer' ELSE 'change' END
  FROM judged j WHERE r.sheet_id = target AND r.line = j.line;
  UPDATE answer_sheet s SET judged_at_sequence = last_answer, (rows_changed, rows_newer, rows_same, rows_failed) = (
    SELECT count(*) FILTER (WHERE verdict = 'change'), count(*) FILTER (WHERE verdict = 'newer'),
      count(*) FILTER (WHERE verdict = 'same'), count(*) FILTER (WHERE verdict = 'failed')
    FROM answer_sheet_row r WHERE r.sheet_id = target)
  WHERE s.id = target;
END $$;

-- Records the good rows of a file: a cell where the answer differs from the default, none where it does not. `after_any` and
-- `before_any` are pairs of outcomes where the second takes something back from the first.
CREATE FUNCTION change_answers_by_sheet(target uuid, new_sequence integer, after_any text[], before_any text[])
RETURNS TABLE (measure text, outcome text, code text, effective_on text, cells integer, worse boolean, digest text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
DECLARE own answer_sheet;
BEGIN
  IF NOT may_use_sheet(target) THEN RAISE EXCEPTION 'Not a file of the asker' USING ERRCODE = 'insufficient_privilege'; END IF;
  SELECT * INTO own FROM answer_sheet s WHERE s.id = target;
  RETURN QUERY WITH changed AS MATERIALIZED (
      SELECT r.work_id, r.measure, r.outcome, r.code, r.text, r.effective_on,
        coalesce(c.outcome, m.default_outcome) AS old_outcome,
        CASE WHEN c.work_id IS NULL THEN m.default_code ELSE c.code END AS old_code,
        CASE WHEN c.work_id IS NULL THEN m.default_text ELSE c.text END AS old_text,
        CASE WHEN c.work_id IS NULL THEN m.effective_on ELSE c.effective_on END AS old_on,
        coalesce(c.event_sequence, m.event_sequence, 0) AS since,
        (m.default_outcome, m.default_code, m.default_text, m.effective_on) IS NOT DISTINCT FROM (r.outcome, r.code, r.text, r.effective_on) AS as_default
      FROM answer_sheet_row r JOIN notice_measure m ON m.notice_id = own.notice_id AND m.measure = r.measure
      LEFT JOIN outcome_cell c ON c.notice_id = own.notice_id AND c.work_id = r.work_id AND c.measure = r.measure
      WHERE r.sheet_id = target AND (r.verdict = 'change' OR r.verdict = 'newer' AND own.overwrite)
        AND coalesce(c.outcome, m.default_outcome) <> 'withdrawn'),
    kept AS (
      INSERT INTO outcome_cell_history (id, notice_id, work_id, measure, outcome, code, text, effective_on, event_sequence, replaced_by)
      SELECT gen_random_uuid(), own.notice_id, d.work_id, d.measure, d.old_outcome, d.old_code, d.old_text, d.old_on, d.since, new_sequence
      FROM changed d WHERE d.old_outcome <> 'pending'),
    gone AS (
      DELETE FROM outcome_cell c USING changed d
      WHERE d.as_default AND c.notice_id = own.notice_id AND c.work_id = d.work_id AND c.measure = d.measure),
    put AS (
      INSERT INTO outcome_cell AS c (notice_id, work_id, measure, outcome, code, text, effective_on, event_sequence)
      SELECT own.notice_id, d.work_id, d.measure, d.outcome, d.code, d.text, d.effective_on, new_sequence FROM changed d WHERE NOT d.as_default
      ON CONFLICT ON CONSTRAINT outcome_cell_pkey DO UPDATE SET outcome = excluded.outcome, code = excluded.code,
        text = excluded.text, effective_on = excluded.effective_on, event_sequence = excluded.event_sequence)
    SELECT d.measure, d.outcome, d.code, CASE WHEN count(DISTINCT d.effective_on) = 1 THEN min(d.effective_on)::text END, count(*)::integer,
      bool_or(EXISTS (SELECT FROM unnest(after_any, before_any) AS p(a, b) WHERE p.a = d.outcome AND p.b = d.old_outcome)),
      encode(sha256(convert_to(string_agg(d.work_id::text, E'\n' ORDER BY d.work_id), 'UTF8')), 'hex')
    FROM changed d GROUP BY d.measure, d.outcome, d.code ORDER BY d.measure, d.outcome, d.code;
END $$;

REVOKE ALL ON FUNCTION protect_answer_sheet(), may_use_sheet(uuid), stage_answer_rows(uuid, jsonb), clear_answer_rows(uuid), judge_answer_rows(uuid),
  answered_at(uuid), plain_answer_text(text), change_answers_by_sheet(uuid, integer, text[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION may_use_sheet(uuid), stage_answer_rows(uuid, jsonb), clear_answer_rows(uuid), judge_answer_rows(uuid),
  answered_at(uuid), change_answers_by_sheet(uuid, integer, text[], text[]) TO caveat_app;
