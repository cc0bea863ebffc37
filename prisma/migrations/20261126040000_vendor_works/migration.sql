-- How many works the notices to each vendor name, of all members together: a work counts once, whichever members claim it and however
-- many notices name it. Counted by the worker beside the joint works, and shown only while it is true: the signature tells of mandates,
-- catalogues and frozen scopes, and the sums of notices and claims beside each number tell whether every notice is in it.
ALTER TABLE joint_count ADD COLUMN vendors jsonb, ADD COLUMN vendors_signature text NOT NULL DEFAULT '',
  ADD COLUMN vendors_counted_at timestamptz(3), ADD COLUMN vendors_took_ms integer NOT NULL DEFAULT 0;
CREATE INDEX notice_scope_newest ON notice_scope (organisation_id, id);
DROP INDEX notice_scope_organisation;

CREATE FUNCTION vendor_works_signature(association uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT md5(joint_signature(association) || coalesce(string_agg(concat_ws(' ', g.member_id, coalesce(g.vendors::text, '*'), coalesce(g.measures::text, '*'),
    coalesce(g.catalogues::text, '*'), (SELECT s.id FROM notice_scope s WHERE s.organisation_id = g.member_id ORDER BY s.id DESC LIMIT 1)), E'\n' ORDER BY g.member_id, g.mandate_id), ''))
  FROM mandate_grant g WHERE g.association_id = association AND 'view' = ANY (g.scopes) AND g.starts_at <= portal_now()
    AND (g.ends_at IS NULL OR g.ends_at > portal_now()) $$;

-- The notices to each vendor that the mandates show, and the works that they name: as the matrix sums them, of all time.
CREATE FUNCTION vendor_claims(association uuid) RETURNS TABLE (vendor_id uuid, notices bigint, claims bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT t.vendor_id, sum(t.notices)::bigint, sum(t.works)::bigint FROM mandate_grant g JOIN coverage_tally t ON t.holder_organisation_id = g.member_id
  WHERE g.association_id = association AND 'view' = ANY (g.scopes) AND g.starts_at <= portal_now() AND (g.ends_at IS NULL OR g.ends_at > portal_now())
    AND t.filed_from IS NULL AND t.late_from IS NULL AND (g.vendors IS NULL OR t.vendor_id = ANY (g.vendors))
    AND (g.catalogues IS NULL OR t.catalogue_id = ANY (g.catalogues)) AND (g.measures IS NULL OR t.measures <@ g.measures)
    AND (t.awaiting_by IS NULL OR t.awaiting_by = association)
  GROUP BY 1 HAVING sum(t.notices) <> 0 $$;

-- Counts them, on top of a count of joint works that is true. Works are walked through only where scopes of one catalogue differ,
-- and joint ones: members that file the same works with many vendors are looked at once.
CREATE FUNCTION count_vendor_works(association uuid, at timestamptz) RETURNS boolean LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public AS $$
DECLARE
  seen text;
  begun timestamptz := clock_timestamp();
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('count_joint_works'), hashtext(association::text));
  seen := vendor_works_signature(association);
  IF NOT EXISTS (SELECT FROM joint_count k WHERE k.association_id = association AND k.signature = joint_signature(association)) THEN RETURN false; END IF;
  DROP TABLE IF EXISTS pg_temp.vendor_named, pg_temp.vendor_set, pg_temp.named_set, pg_temp.named_joint;
  CREATE TEMP TABLE vendor_named ON COMMIT DROP AS
    SELECT n.vendor_id, s.catalogue_id, CASE s.kind WHEN 'all' THEN 'v' || s.version ELSE s.works_sha256 END AS content,
      (array_agg(s.id))[1] AS scope_id, count(*) AS notices, sum(n.works_count) AS claims
    FROM mandate_grant g JOIN notice n ON n.holder_organisation_id = g.member_id JOIN notice_scope s ON s.id = n.scope_id
    WHERE g.association_id = association AND 'view' = ANY (g.scopes) AND g.starts_at <= portal_now() AND (g.ends_at IS NULL OR g.ends_at > portal_now())
      AND n.stage <> 'draft' AND (n.stage <> 'awaiting_approval' OR n.filed_by_organisation_id = association)
      AND (g.vendors IS NULL OR n.vendor_id = ANY (g.vendors)) AND (g.catalogues IS NULL OR s.catalogue_id = ANY (g.catalogues))
      AND (g.measures IS NULL OR NOT EXISTS (SELECT FROM notice_measure q WHERE q.notice_id = n.id AND q.measure <> ALL (g.measures)))
    GROUP BY 1, 2, 3;
  CREATE TEMP TABLE vendor_set ON COMMIT DROP AS
    SELECT x.vendor_id, x.catalogue_id, x.scopes, dense_rank() OVER (ORDER BY x.catalogue_id, x.contents)::integer AS set_id FROM (
      SELECT v.vendor_id, v.catalogue_id, array_agg(v.content ORDER BY v.content) AS contents, array_agg(v.scope_id ORDER BY v.content) AS scopes
      FROM vendor_named v GROUP BY 1, 2) x;
  CREATE TEMP TABLE named_set ON COMMIT DROP AS
    SELECT d.*, CASE WHEN cardinality(d.scopes) = 1 THEN (SELECT s.works_count FROM notice_scope s WHERE s.id = d.scopes[1])
      ELSE (SELECT count(*) FROM (
        SELECT w.work_id FROM notice_scope s JOIN work w ON w.catalogue_id = s.catalogue_id AND w.valid_from <= s.version AND (w.valid_to IS NULL OR w.valid_to > s.version)
          WHERE s.id = ANY (d.scopes) AND s.kind = 'all'
        UNION SELECT l.work_id FROM notice_scope_work l WHERE l.scope_id = ANY (d.scopes)) u) END::bigint AS works
    FROM (SELECT DISTINCT ON (v.set_id) v.set_id, v.catalogue_id, v.scopes FROM vendor_set v ORDER BY v.set_id) d;
  ANALYZE named_set;
  CREATE TEMP TABLE named_joint ON COMMIT DROP AS
    SELECT DISTINCT d.set_id, j.number, j.work_id FROM named_set d JOIN catalogue c ON c.id = d.catalogue_id
      JOIN joint_claim j ON j.association_id = association AND j.catalogue_id = d.catalogue_id
      CROSS JOIN LATERAL unnest(d.scopes) x (scope_id) JOIN notice_scope s ON s.id = x.scope_id
    WHERE CASE s.kind WHEN 'all' THEN s.version = c.current_version OR EXISTS (SELECT FROM work w WHERE w.catalogue_id = d.catalogue_id AND w.work_id = j.work_id
        AND w.valid_from <= s.version AND (w.valid_to IS NULL OR w.valid_to > s.version))
      ELSE EXISTS (SELECT FROM notice_scope_work l WHERE l.scope_id = s.id AND l.work_id = j.work_id) END;
  ANALYZE named_joint;
  WITH vendor AS (SELECT v.vendor_id, array_agg(v.set_id ORDER BY v.set_id) AS sets FROM vendor_set v GROUP BY 1),
    profile AS (SELECT row_number() OVER () AS id, p.sets FROM (SELECT DISTINCT sets FROM vendor) p),
    named AS (SELECT p.id, sum(d.works) AS works FROM profile p CROSS JOIN LATERAL unnest(p.sets) x (set_id) JOIN named_set d USING (set_id) GROUP BY 1),
    repeated AS (SELECT k.id, sum(k.claims - 1) AS works FROM (
      SELECT p.id, j.number, count(*) AS claims FROM profile p CROSS JOIN LATERAL unnest(p.sets) x (set_id) JOIN named_joint j USING (set_id) GROUP BY 1, 2) k GROUP BY 1),
    summed AS (SELECT v.vendor_id, sum(v.notices) AS notices, sum(v.claims) AS claims FROM vendor_named v GROUP BY 1)
  UPDATE joint_count k SET vendors_counted_at = at, vendors_took_ms = (extract(epoch FROM clock_timestamp() - begun) * 1000)::integer,
    vendors_signature = CASE WHEN vendor_works_signature(association) = seen THEN seen ELSE '' END,
    vendors = (SELECT coalesce(jsonb_object_agg(s.vendor_id, jsonb_build_array(s.notices, s.claims, n.works - coalesce(r.works, 0))), '{}')
      FROM summed s JOIN vendor v USING (vendor_id) JOIN profile p USING (sets) JOIN named n USING (id) LEFT JOIN repeated r USING (id))
  WHERE k.association_id = association;
  RETURN true;
END $$;

-- The associations for which it is to be counted: with a true count of joint works, and waiting as with that one.
CREATE FUNCTION uncounted_vendor_works(at timestamptz) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT k.association_id FROM joint_count k
  WHERE (k.vendors_counted_at IS NULL OR k.vendors_counted_at + make_interval(secs => least(greatest(k.vendors_took_ms - 500, 0) * 20 / 1000.0, 3600)) <= at)
    AND k.signature = joint_signature(k.association_id)
    AND (k.vendors_signature <> vendor_works_signature(k.association_id) OR EXISTS (
      SELECT FROM vendor_claims(k.association_id) c FULL JOIN jsonb_each(k.vendors) s ON s.key = c.vendor_id::text
      WHERE (c.notices, c.claims) IS DISTINCT FROM ((s.value ->> 0)::bigint, (s.value ->> 1)::bigint))) $$;

-- For the association's people: for each vendor the notices and claims that were counted, and their works.
CREATE FUNCTION vendor_works(association uuid) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT k.vendors FROM joint_count k
  WHERE k.association_id = association AND association IN (SELECT my_organisations()) AND k.vendors_signature = vendor_works_signature(association) $$;

DO $$ DECLARE f text;
BEGIN
  FOREACH f IN ARRAY ARRAY['vendor_works_signature(uuid)', 'vendor_claims(uuid)', 'count_vendor_works(uuid, timestamptz)', 'uncounted_vendor_works(timestamptz)', 'vendor_works(uuid)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION vendor_works_signature(uuid), vendor_claims(uuid), count_vendor_works(uuid, timestamptz), uncounted_vendor_works(timestamptz) TO caveat_worker;
GRANT EXECUTE ON FUNCTION vendor_works(uuid) TO caveat_app;
