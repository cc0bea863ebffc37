-- What the reports of an organisation tell: of a holder about its own notices, of an association about all that its live mandates
-- cover, read as one set, where row security would ask about every row. Asked by whoever is not of the organisation, nothing.
-- Days are whole and broken days from the service on. Percentiles lie between two cases where they fall between them.
CREATE FUNCTION notices_report(organisation uuid, wanted_kind text, filed_from timestamptz, filed_before timestamptz, zone text, at timestamptz)
RETURNS json LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH sight AS (
    SELECT o.id AS holder, NULL::uuid[] AS vendors, NULL::text[] AS measures, NULL::uuid[] AS catalogues
      FROM organisation o WHERE o.id = organisation AND o.kind = 'rights_holder' AND o.id IN (SELECT my_organisations())
    UNION ALL SELECT g.member_id, g.vendors, g.measures, g.catalogues FROM mandate_grant g
      WHERE g.association_id = organisation AND organisation IN (SELECT my_organisations()) AND 'view' = ANY (g.scopes)
        AND g.starts_at <= now() AND (g.ends_at IS NULL OR g.ends_at > now())),
  told AS MATERIALIZED (
    SELECT n.holder_organisation_id, n.vendor_id, n.stage, n.outcome, n.created_at, n.stage IN ('decided', 'verifying', 'closed') AS settled,
      n.acknowledged_at IS NOT NULL AS acknowledged,
      (extract(epoch FROM n.acknowledged_at - n.served_at) / 86400)::double precision AS acknowledge_days,
      CASE WHEN n.stage IN ('decided', 'verifying', 'closed') THEN (extract(epoch FROM n.decided_at - n.served_at) / 86400)::double precision END AS decide_days,
      CASE WHEN n.stage IN ('sent', 'delivered', 'acknowledged', 'in_review', 'clarification_needed')
        THEN (extract(epoch FROM at - n.served_at) / 86400)::double precision END AS open_days
    FROM sight s JOIN notice n ON n.holder_organisation_id = s.holder
    WHERE n.stage NOT IN ('draft', 'awaiting_approval') AND (wanted_kind IS NULL OR n.kind = wanted_kind)
      AND (filed_from IS NULL OR n.created_at >= filed_from) AND (filed_before IS NULL OR n.created_at < filed_before)
      AND (s.vendors IS NULL OR n.vendor_id = ANY (s.vendors))
      AND (s.catalogues IS NULL OR EXISTS (SELECT FROM notice_scope c WHERE c.id = n.scope_id AND c.catalogue_id = ANY (s.catalogues)))
      AND (s.measures IS NULL OR NOT EXISTS (SELECT FROM notice_measure q WHERE q.notice_id = n.id AND q.measure <> ALL (s.measures))))
  SELECT json_build_object(
    'vendors', (SELECT coalesce(json_agg(v ORDER BY lower(v.name), v.id), '[]') FROM (
      SELECT t.vendor_id AS id, x.name, x.name_other AS "nameOther", count(*) AS notices, count(DISTINCT t.holder_organisation_id) AS holders,
        count(t.acknowledge_days) AS acknowledged, percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY t.acknowledge_days) AS "acknowledgeDays",
        count(t.decide_days) AS decided, percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY t.decide_days) AS "decideDays",
        count(*) FILTER (WHERE t.settled AND t.outcome = 'all') AS all, count(*) FILTER (WHERE t.settled AND t.outcome = 'partial') AS partial,
        count(*) FILTER (WHERE t.settled AND t.outcome = 'none') AS none, count(*) FILTER (WHERE t.open_days IS NOT NULL) AS open
      FROM told t JOIN vendor x ON x.id = t.vendor_id GROUP BY t.vendor_id, x.name, x.name_other) v),
    'months', (SELECT coalesce(json_agg(y ORDER BY y.month), '[]') FROM (
      SELECT to_char(t.created_at AT TIME ZONE zone, 'YYYY-MM') AS month, count(*) AS filed, count(*) FILTER (WHERE t.acknowledged) AS acknowledged,
        count(*) FILTER (WHERE t.settled) AS decided FROM told t GROUP BY 1) y),
    'ages', (SELECT json_build_array(count(*) FILTER (WHERE t.open_days < 8), count(*) FILTER (WHERE t.open_days >= 8 AND t.open_days < 31),
        count(*) FILTER (WHERE t.open_days >= 31 AND t.open_days < 91), count(*) FILTER (WHERE t.open_days >= 91)) FROM told t)) $$;
REVOKE ALL ON FUNCTION notices_report(uuid, text, timestamptz, timestamptz, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION notices_report(uuid, text, timestamptz, timestamptz, text, timestamptz) TO caveat_app;
