-- Answers of a vendor for many works at once. As definers: under row security each of a million cells would be asked again whether
-- its notice may be acted on. Here each notice is asked once, and one that the asker may not act on is left out.

-- Changes the default answers of measures. Works with an answer of their own keep it, unless `clearing`; a withdrawn work stays so.
CREATE FUNCTION change_default_answers(
  ready jsonb, asked text[], new_outcome text, new_code text, new_text text, new_on date, clearing boolean, better text[]
) RETURNS TABLE (notice_id uuid, measure text, cells integer, worse boolean) LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH acting AS MATERIALIZED (
    SELECT r.id, r.sequence FROM jsonb_to_recordset($1) AS r(id uuid, sequence integer) WHERE may_act_on(r.id)),
  standing AS MATERIALIZED (
    SELECT m.*, a.sequence, n.works_count - (SELECT count(*)::integer FROM outcome_cell c
        WHERE c.notice_id = m.notice_id AND c.measure = m.measure) AS resting,
      (m.default_outcome, m.default_code, m.default_text, m.effective_on) IS DISTINCT FROM ($3, $4, $5, $6) AS changes
    FROM acting a JOIN notice n ON n.id = a.id JOIN notice_measure m ON m.notice_id = a.id AND m.measure = ANY ($2)),
  own AS MATERIALIZED (
    SELECT c.*, s.sequence, (c.outcome, c.code, c.text, c.effective_on) IS DISTINCT FROM ($3, $4, $5, $6) AS changes
    FROM standing s JOIN outcome_cell c ON c.notice_id = s.notice_id AND c.measure = s.measure
    WHERE c.outcome <> 'withdrawn'),
  kept AS (
    INSERT INTO outcome_cell_history (id, notice_id, work_id, measure, outcome, code, text, effective_on, event_sequence, replaced_by)
    SELECT gen_random_uuid(), s.notice_id, NULL, s.measure, s.default_outcome, s.default_code, s.default_text, s.effective_on,
      coalesce(s.event_sequence, 0), s.sequence
    FROM standing s WHERE s.changes AND s.default_outcome <> 'pending'
    UNION ALL
    SELECT gen_random_uuid(), o.notice_id, o.work_id, o.measure, o.outcome, o.code, o.text, o.effective_on, o.event_sequence, o.sequence
    FROM own o WHERE o.changes AND $7 AND o.outcome <> 'pending'),
  gone AS (
    DELETE FROM outcome_cell c USING own o
    WHERE ($7 OR NOT o.changes) AND c.notice_id = o.notice_id AND c.work_id = o.work_id AND c.measure = o.measure),
  put AS (
    UPDATE notice_measure m SET default_outcome = $3, default_code = $4, default_text = $5, effective_on = $6, event_sequence = s.sequence
    FROM standing s WHERE s.changes AND m.notice_id = s.notice_id AND m.measure = s.measure)
  SELECT s.notice_id, s.measure, (CASE WHEN s.changes THEN s.resting ELSE 0 END + coalesce(o.cells, 0))::integer,
    s.changes AND s.resting > 0 AND s.default_outcome = ANY ($8) OR coalesce(o.worse, false)
  FROM standing s
  LEFT JOIN (SELECT own.notice_id, own.measure, count(*) AS cells, bool_or(own.outcome = ANY ($8)) AS worse
    FROM own WHERE own.changes AND $7 GROUP BY own.notice_id, own.measure) o ON o.notice_id = s.notice_id AND o.measure = s.measure
  WHERE s.changes OR o.cells > 0
$$;

-- Changes the answers of works, by hand (`chosen`) or by what the rest of the arguments find: a cell where the answer differs from the
-- default, none where it does not. A withdrawn work stays withdrawn; a work outside the scope is not found.
CREATE FUNCTION change_answers(
  ready jsonb, asked text[], new_outcome text, new_code text, new_text text, new_on date, better text[],
  chosen uuid[], but_not uuid[], fragment text, of_kind text, with_outcome text
) RETURNS TABLE (notice_id uuid, measure text, cells integer, worse boolean, digest text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN QUERY EXECUTE 'WITH acting AS MATERIALIZED (
      SELECT r.id, r.sequence FROM jsonb_to_recordset($1) AS r(id uuid, sequence integer) WHERE may_act_on(r.id)),
    target AS (
      SELECT a.id AS notice_id, a.sequence, w.work_id, m.measure,
        coalesce(c.outcome, m.default_outcome) AS outcome,
        CASE WHEN c.work_id IS NULL THEN m.default_code ELSE c.code END AS code,
        CASE WHEN c.work_id IS NULL THEN m.default_text ELSE c.text END AS text,
        CASE WHEN c.work_id IS NULL THEN m.effective_on ELSE c.effective_on END AS effective_on,
        coalesce(c.event_sequence, m.event_sequence, 0) AS since,
        (m.default_outcome, m.default_code, m.default_text, m.effective_on) IS NOT DISTINCT FROM ($3, $4, $5, $6) AS as_default
      FROM acting a JOIN notice n ON n.id = a.id JOIN notice_scope s ON s.id = n.scope_id
      JOIN work w ON w.catalogue_id = s.catalogue_id AND w.valid_from <= s.version AND (w.valid_to IS NULL OR w.valid_to > s.version)
      JOIN notice_measure m ON m.notice_id = a.id AND m.measure = ANY ($2)
      LEFT JOIN outcome_cell c ON c.notice_id = a.id AND c.work_id = w.work_id AND c.measure = m.measure
      WHERE (s.kind = ''all'' OR EXISTS (SELECT FROM notice_scope_work x WHERE x.scope_id = s.id AND x.work_id = w.work_id))'
    || CASE WHEN chosen IS NULL THEN '' ELSE ' AND w.work_id = ANY ($8)' END
    || CASE WHEN cardinality(but_not) > 0 THEN ' AND w.work_id <> ALL ($9)' ELSE '' END
    || CASE WHEN fragment IS NULL THEN '' ELSE ' AND w.search_text LIKE $10' END
    || CASE WHEN of_kind IS NULL THEN '' ELSE ' AND w.kind = $11' END
    || CASE WHEN with_outcome IS NULL THEN '' ELSE ' AND coalesce(c.outcome, m.default_outcome) = $12' END
    || '),
    changed AS MATERIALIZED (
      SELECT * FROM target t WHERE t.outcome <> ''withdrawn'' AND (t.outcome, t.code, t.text, t.effective_on) IS DISTINCT FROM ($3, $4, $5, $6)),
    kept AS (
      INSERT INTO outcome_cell_history (id, notice_id, work_id, measure, outcome, code, text, effective_on, event_sequence, replaced_by)
      SELECT gen_random_uuid(), d.notice_id, d.work_id, d.measure, d.outcome, d.code, d.text, d.effective_on, d.since, d.sequence
      FROM changed d WHERE d.outcome <> ''pending''),
    gone AS (
      DELETE FROM outcome_cell c USING changed d
      WHERE d.as_default AND c.notice_id = d.notice_id AND c.work_id = d.work_id AND c.measure = d.measure),
    put AS (
      INSERT INTO outcome_cell (notice_id, work_id, measure, outcome, code, text, effective_on, event_sequence)
      SELECT d.notice_id, d.work_id, d.measure, $3, $4, $5, $6, d.sequence FROM changed d WHERE NOT d.as_default
      ON CONFLICT (notice_id, work_id, measure) DO UPDATE SET outcome = excluded.outcome, code = excluded.code,
        text = excluded.text, effective_on = excluded.effective_on, event_sequence = excluded.event_sequence)
    SELECT d.notice_id, d.measure, count(*)::integer, bool_or(d.outcome = ANY ($7)),
      encode(sha256(convert_to(string_agg(d.work_id::text, chr(10) ORDER BY d.work_id), ''UTF8'')), ''hex'')
    FROM changed d GROUP BY d.notice_id, d.measure'
    USING ready, asked, new_outcome, new_code, new_text, new_on, better, chosen, but_not,
      '%' || replace(replace(replace(fragment, '\', '\\'), '%', '\%'), '_', '\_') || '%', of_kind, with_outcome;
END $$;

-- The answers of notices counted: per measure its default, and how many cells of their own have which outcome.
CREATE FUNCTION count_answers(notices uuid[]) RETURNS TABLE (notice_id uuid, works integer, outcome text, cells jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT m.notice_id, n.works_count, m.default_outcome,
    (SELECT jsonb_object_agg(g.outcome, g.count) FROM (SELECT c.outcome, count(*) FROM outcome_cell c
      WHERE c.notice_id = m.notice_id AND c.measure = m.measure GROUP BY c.outcome) g)
  FROM notice n JOIN notice_measure m ON m.notice_id = n.id WHERE n.id = ANY ($1) AND may_act_on(n.id)
$$;

REVOKE ALL ON FUNCTION change_default_answers(jsonb, text[], text, text, text, date, boolean, text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION change_answers(jsonb, text[], text, text, text, date, text[], uuid[], uuid[], text, text, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION count_answers(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION change_default_answers(jsonb, text[], text, text, text, date, boolean, text[]) TO caveat_app;
GRANT EXECUTE ON FUNCTION change_answers(jsonb, text[], text, text, text, date, text[], uuid[], uuid[], text, text, text) TO caveat_app;
GRANT EXECUTE ON FUNCTION count_answers(uuid[]) TO caveat_app;
