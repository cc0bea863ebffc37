-- A notice that asks again for works about which an earlier one is still open: both pages name the other.
CREATE TABLE related_notice (
  notice_id uuid NOT NULL REFERENCES notice (id),
  earlier_notice_id uuid NOT NULL REFERENCES notice (id),
  relation text NOT NULL CHECK (relation IN ('linked', 'supersedes')),
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (notice_id, earlier_notice_id),
  CHECK (notice_id <> earlier_notice_id)
);
CREATE INDEX related_notice_earlier ON related_notice (earlier_notice_id);
ALTER TABLE related_notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE related_notice FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON related_notice TO caveat_owner USING (true) WITH CHECK (true);
CREATE POLICY worker_all ON related_notice TO caveat_worker USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON related_notice TO caveat_worker;
GRANT SELECT, INSERT, DELETE ON related_notice TO caveat_app;
-- Whoever sees both notices sees that they belong together: a vendor not before both are sent.
CREATE POLICY read ON related_notice FOR SELECT TO caveat_app
  USING (EXISTS (SELECT FROM notice n WHERE n.id = notice_id) AND EXISTS (SELECT FROM notice e WHERE e.id = earlier_notice_id));
CREATE POLICY add ON related_notice FOR INSERT TO caveat_app
  WITH CHECK (is_holder_of(notice_id) AND is_holder_of(earlier_notice_id) AND may_act_on(notice_id));
CREATE POLICY remove ON related_notice FOR DELETE TO caveat_app
  USING (is_holder_of(notice_id) AND may_act_on(notice_id));

-- The open notices of a holder to a vendor, for the question whether something is asked twice.
CREATE INDEX notice_open_pair ON notice (holder_organisation_id, vendor_id)
  WHERE stage IN ('awaiting_approval', 'queued', 'sent', 'delivered', 'acknowledged', 'in_review', 'clarification_needed');

-- The open notices that ask these vendors for some of these measures about works of this catalogue. One question for all
-- of them: asked row by row under row security, ten thousand notices would take seconds. Membership is checked first.
CREATE FUNCTION open_notices_about(holder uuid, vendors uuid[], catalogue uuid, wanted text[], except_filing uuid)
RETURNS TABLE (id uuid, reference text, stage text, vendor_id uuid, scope_id uuid, kind text, version integer, works_count integer, measures text[], trimmed boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF holder NOT IN (SELECT my_organisations()) THEN RETURN; END IF;
  RETURN QUERY
    SELECT n.id, n.reference, n.stage, n.vendor_id, n.scope_id, s.kind, s.version, s.works_count, m.measures,
      EXISTS (SELECT FROM outcome_cell c WHERE c.notice_id = n.id AND c.outcome = 'withdrawn')
    FROM notice n JOIN notice_scope s ON s.id = n.scope_id
    CROSS JOIN LATERAL (SELECT array_agg(x.measure ORDER BY x.measure) AS measures FROM notice_measure x
      WHERE x.notice_id = n.id AND x.measure = ANY (wanted) AND x.default_outcome <> 'withdrawn') m
    WHERE n.holder_organisation_id = holder AND n.vendor_id = ANY (vendors)
      AND n.stage IN ('awaiting_approval', 'queued', 'sent', 'delivered', 'acknowledged', 'in_review', 'clarification_needed')
      AND s.catalogue_id = catalogue AND m.measures IS NOT NULL AND n.filing_id IS DISTINCT FROM except_filing
    ORDER BY n.id;
END $$;
REVOKE ALL ON FUNCTION open_notices_about(uuid, uuid[], uuid, text[], uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open_notices_about(uuid, uuid[], uuid, text[], uuid) TO caveat_app;

-- The works that the lists of these notices name. What was withdrawn is not asked.
CREATE FUNCTION listed_works_of(holder uuid, notices uuid[])
RETURNS TABLE (notice_id uuid, work_id uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF holder NOT IN (SELECT my_organisations()) THEN RETURN; END IF;
  RETURN QUERY
    SELECT n.id, x.work_id FROM notice n JOIN notice_scope_work x ON x.scope_id = n.scope_id
    WHERE n.id = ANY (notices) AND n.holder_organisation_id = holder
      AND NOT EXISTS (SELECT FROM outcome_cell c WHERE c.notice_id = n.id AND c.work_id = x.work_id AND c.outcome = 'withdrawn');
END $$;
REVOKE ALL ON FUNCTION listed_works_of(uuid, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION listed_works_of(uuid, uuid[]) TO caveat_app;
