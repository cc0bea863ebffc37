-- The next date that somebody has to keep, last where there is none: said as a case alone, since PostgreSQL takes coalesce for leaky and
-- row security keeps a bound of it from the index. A deep page by due date walked all that stands before it.
CREATE INDEX notice_holder_next_due ON notice (holder_organisation_id, (CASE
  WHEN stage IN ('sent', 'delivered') AND acknowledged_at IS NULL THEN CASE WHEN acknowledge_due_at IS NULL THEN 'infinity'::timestamptz ELSE acknowledge_due_at END
  WHEN stage IN ('sent', 'delivered', 'acknowledged', 'in_review', 'clarification_needed') AND decide_due_at IS NOT NULL THEN decide_due_at
  WHEN stage = 'decided' AND challenge_due_at IS NOT NULL THEN challenge_due_at
  ELSE 'infinity'::timestamptz END), id);
DROP INDEX notice_holder_due;

-- The notices of some holders that are of a kind and ask for a measure, where these are few: their tallies tell with which vendors to
-- look. Null where they are many, and better found on the way through all. Which of them are shown is left to the policies of notice.
CREATE FUNCTION few_notices(holders uuid[], wanted_kind text, wanted_measure text, most integer) RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  own uuid[] := ARRAY(SELECT h FROM unnest(holders) h WHERE h IN (SELECT my_organisations()) OR h IN (SELECT my_mandated_members()));
  pairs jsonb;
  found bigint;
BEGIN
  -- Of what is usual the first lines say so.
  SELECT coalesce(sum(t.notices), 0) INTO found FROM (SELECT c.notices FROM coverage_tally c
    WHERE c.holder_organisation_id = ANY (own) AND c.filed_from IS NULL AND c.late_from IS NULL
      AND (wanted_kind IS NULL OR c.kind = wanted_kind) AND (wanted_measure IS NULL OR wanted_measure = ANY (c.measures)) LIMIT 300) t;
  IF found > most THEN RETURN NULL; END IF;
  SELECT coalesce(sum(p.notices), 0), jsonb_agg(jsonb_build_object('holder', p.holder_organisation_id, 'vendor', p.vendor_id)) INTO found, pairs FROM (
    SELECT c.holder_organisation_id, c.vendor_id, sum(c.notices) AS notices FROM coverage_tally c
    WHERE c.holder_organisation_id = ANY (own) AND c.filed_from IS NULL AND c.late_from IS NULL
      AND (wanted_kind IS NULL OR c.kind = wanted_kind) AND (wanted_measure IS NULL OR wanted_measure = ANY (c.measures))
    GROUP BY 1, 2 HAVING sum(c.notices) > 0) p;
  IF found > most THEN RETURN NULL; END IF;
  RETURN ARRAY(SELECT n.id FROM jsonb_to_recordset(coalesce(pairs, '[]')) p (holder uuid, vendor uuid)
    JOIN notice n ON n.holder_organisation_id = p.holder AND n.vendor_id = p.vendor
    WHERE n.stage <> 'draft' AND (wanted_kind IS NULL OR n.kind = wanted_kind)
      AND (wanted_measure IS NULL OR EXISTS (SELECT FROM notice_measure q WHERE q.notice_id = n.id AND q.measure = wanted_measure)));
END $$;
REVOKE ALL ON FUNCTION few_notices(uuid[], text, text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION few_notices(uuid[], text, text, integer) TO caveat_app, caveat_worker;
