-- A mandate to see shows notices, not catalogues: of a member that lets an association see and no more, the works that notices name are
-- counted and shown as joint works, and no others. A mandate to file lets the catalogues be read, and all their works.

-- The frozen scopes of a member's notices that a grant shows to its association.
CREATE FUNCTION granted_scopes(association uuid, holder uuid, catalogue uuid) RETURNS SETOF notice_scope
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.* FROM notice_scope s WHERE s.catalogue_id = catalogue AND EXISTS (
    SELECT FROM notice n JOIN mandate_grant g ON g.member_id = n.holder_organisation_id
    WHERE n.scope_id = s.id AND n.holder_organisation_id = holder AND g.association_id = association AND 'view' = ANY (g.scopes)
      AND g.starts_at <= portal_now() AND (g.ends_at IS NULL OR g.ends_at > portal_now())
      AND n.stage <> 'draft' AND (n.stage <> 'awaiting_approval' OR n.filed_by_organisation_id = association)
      AND (g.vendors IS NULL OR n.vendor_id = ANY (g.vendors)) AND (g.catalogues IS NULL OR s.catalogue_id = ANY (g.catalogues))
      AND (g.measures IS NULL OR NOT EXISTS (SELECT FROM notice_measure q WHERE q.notice_id = n.id AND q.measure <> ALL (g.measures)))) $$;

-- The catalogues that live mandates cover, in their present versions: whole where the association may read all of their works.
DROP FUNCTION joint_catalogues(uuid);
CREATE FUNCTION joint_catalogues(association uuid) RETURNS TABLE (catalogue_id uuid, member_id uuid, version integer, works_count integer, whole boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT c.id, g.member_id, v.version, v.works_count, 'file' = ANY (g.scopes) OR EXISTS (
      SELECT FROM granted_scopes(association, g.member_id, c.id) s WHERE s.kind = 'all' AND s.version = c.current_version)
  FROM mandate_grant g JOIN catalogue c ON c.organisation_id = g.member_id
    JOIN catalogue_version v ON v.catalogue_id = c.id AND v.version = c.current_version
  WHERE g.association_id = association AND 'view' = ANY (g.scopes) AND g.starts_at <= portal_now() AND (g.ends_at IS NULL OR g.ends_at > portal_now())
    AND (g.catalogues IS NULL OR c.id = ANY (g.catalogues)) $$;

-- Who may only see, sees other works when another notice is filed, or when its mandate covers others: its newest scope and its terms
-- are in the signature. It asks no notice, since pages ask for it.
CREATE OR REPLACE FUNCTION joint_signature(association uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT md5(concat_ws(E'\n', (
      SELECT string_agg(concat_ws(' ', g.member_id, g.vendors::text, '/', g.measures::text,
          (SELECT s.id FROM notice_scope s WHERE s.organisation_id = g.member_id ORDER BY s.id DESC LIMIT 1)), E'\n' ORDER BY g.member_id, g.mandate_id)
      FROM mandate_grant g WHERE g.association_id = association AND 'view' = ANY (g.scopes) AND 'file' <> ALL (g.scopes)
        AND g.starts_at <= portal_now() AND (g.ends_at IS NULL OR g.ends_at > portal_now())),
    (SELECT string_agg(c.id || ' ' || c.current_version, E'\n' ORDER BY c.id)
      FROM mandate_grant g JOIN catalogue c ON c.organisation_id = g.member_id
      WHERE g.association_id = association AND 'view' = ANY (g.scopes) AND g.starts_at <= portal_now() AND (g.ends_at IS NULL OR g.ends_at > portal_now())
        AND (g.catalogues IS NULL OR c.id = ANY (g.catalogues))))) $$;

-- A notice that is approved, or taken back before it was sent, changes no scope. The worker looks whether their number is what it was.
ALTER TABLE joint_count ADD COLUMN seen_notices bigint NOT NULL DEFAULT -1;
CREATE FUNCTION seen_notices(association uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce(sum(t.notices), 0)::bigint FROM mandate_grant g JOIN coverage_tally t ON t.holder_organisation_id = g.member_id
  WHERE g.association_id = association AND 'view' = ANY (g.scopes) AND 'file' <> ALL (g.scopes)
    AND g.starts_at <= portal_now() AND (g.ends_at IS NULL OR g.ends_at > portal_now())
    AND t.filed_from IS NULL AND t.late_from IS NULL AND (t.awaiting_by IS NULL OR t.awaiting_by = association) $$;
CREATE OR REPLACE FUNCTION uncounted_associations(at timestamptz) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT a.id FROM (SELECT DISTINCT g.association_id AS id FROM mandate_grant g UNION SELECT k.association_id FROM joint_count k) a
    LEFT JOIN joint_count k ON k.association_id = a.id
  WHERE (k.association_id IS NULL OR k.counted_at + make_interval(secs => least(greatest(k.took_ms - 500, 0) * 20 / 1000.0, 3600)) <= at)
    AND (k.signature IS DISTINCT FROM joint_signature(a.id) OR k.seen_notices <> seen_notices(a.id)) $$;

CREATE OR REPLACE FUNCTION count_joint_works(association uuid, at timestamptz) RETURNS boolean LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public AS $$
DECLARE
  seen text;
  seen_before bigint;
  begun timestamptz := clock_timestamp();
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('count_joint_works'), hashtext(association::text));
  seen := joint_signature(association);
  seen_before := seen_notices(association);
  IF EXISTS (SELECT FROM joint_count k WHERE k.association_id = association AND k.signature = seen AND k.seen_notices = seen_before) THEN RETURN false; END IF;
  DROP TABLE IF EXISTS pg_temp.joint_covered, pg_temp.joint_named, pg_temp.joint_edge, pg_temp.joint_label, pg_temp.joint_number;
  CREATE TEMP TABLE joint_covered ON COMMIT DROP AS SELECT * FROM joint_catalogues(association);
  CREATE TEMP TABLE joint_named ON COMMIT DROP AS
    SELECT DISTINCT w.catalogue_id, w.work_id FROM joint_covered c CROSS JOIN LATERAL granted_scopes(association, c.member_id, c.catalogue_id) s
      JOIN work w ON w.catalogue_id = c.catalogue_id AND w.valid_to IS NULL AND w.valid_from <= s.version
    WHERE NOT c.whole AND (s.kind = 'all' OR EXISTS (SELECT FROM notice_scope_work l WHERE l.scope_id = s.id AND l.work_id = w.work_id));
  ANALYZE joint_covered;
  ANALYZE joint_named;
  CREATE TEMP TABLE joint_edge ON COMMIT DROP AS
    WITH own AS MATERIALIZED (SELECT i.scheme, i.value, i.catalogue_id, i.work_id, c.member_id
        FROM joint_covered c JOIN work_identifier i ON i.catalogue_id = c.catalogue_id
        LEFT JOIN joint_named n ON n.catalogue_id = i.catalogue_id AND n.work_id = i.work_id
        WHERE i.valid AND i.valid_to IS NULL AND (c.whole OR n.work_id IS NOT NULL)),
      shared AS MATERIALIZED (SELECT o.scheme, o.value FROM own o GROUP BY 1, 2 HAVING count(DISTINCT o.member_id) > 1)
    SELECT DISTINCT o.scheme, o.value, o.catalogue_id, o.work_id, o.member_id FROM shared s JOIN own o ON o.scheme = s.scheme AND o.value = s.value;
  CREATE TEMP TABLE joint_label ON COMMIT DROP AS
    SELECT e.catalogue_id, e.work_id, e.member_id, row_number() OVER (ORDER BY e.catalogue_id, e.work_id)::integer AS label
    FROM (SELECT DISTINCT x.catalogue_id, x.work_id, x.member_id FROM joint_edge x) e;
  ANALYZE joint_edge;
  ANALYZE joint_label;
  LOOP
    UPDATE joint_label l SET label = n.label FROM (
      SELECT e.catalogue_id, e.work_id, min(m.label) AS label FROM joint_edge e JOIN (
        SELECT x.scheme, x.value, min(y.label) AS label FROM joint_edge x JOIN joint_label y ON y.catalogue_id = x.catalogue_id AND y.work_id = x.work_id
        GROUP BY 1, 2) m ON m.scheme = e.scheme AND m.value = e.value
      GROUP BY 1, 2) n
    WHERE n.catalogue_id = l.catalogue_id AND n.work_id = l.work_id AND n.label < l.label;
    EXIT WHEN NOT FOUND;
  END LOOP;
  DELETE FROM joint_work j WHERE j.association_id = association;
  CREATE TEMP TABLE joint_number ON COMMIT DROP AS
    WITH first AS (SELECT DISTINCT ON (l.label) l.label, l.catalogue_id, l.work_id FROM joint_label l ORDER BY l.label, l.catalogue_id::text, l.work_id::text),
      named AS (SELECT f.label, min(ARRAY[e.scheme, e.value]) AS identifier FROM first f
        JOIN joint_edge e ON e.catalogue_id = f.catalogue_id AND e.work_id = f.work_id GROUP BY f.label)
    SELECT g.*, row_number() OVER (ORDER BY g.members DESC, g.title, g.label)::integer AS number FROM (
      SELECT l.label, count(*)::integer AS claims, count(DISTINCT l.member_id)::integer AS members, min(w.title) AS title, n.identifier
      FROM joint_label l JOIN named n ON n.label = l.label
        JOIN work w ON w.catalogue_id = l.catalogue_id AND w.work_id = l.work_id AND w.valid_to IS NULL GROUP BY l.label, n.identifier) g;
  ANALYZE joint_number;
  INSERT INTO joint_work (association_id, number, scheme, value, title, claims, members)
    SELECT association, n.number, n.identifier[1], n.identifier[2], n.title, n.claims, n.members FROM joint_number n;
  INSERT INTO joint_claim (association_id, number, catalogue_id, work_id, member_id, title)
    SELECT association, n.number, l.catalogue_id, l.work_id, l.member_id, w.title FROM joint_label l JOIN joint_number n ON n.label = l.label
      JOIN work w ON w.catalogue_id = l.catalogue_id AND w.work_id = l.work_id AND w.valid_to IS NULL;
  INSERT INTO joint_count (association_id, signature, claims, works, joint_works, counted_at, took_ms, seen_notices)
    SELECT association, CASE WHEN joint_signature(association) = seen THEN seen ELSE '' END, k.claims, k.claims - j.surplus, j.works, at,
      (extract(epoch FROM clock_timestamp() - begun) * 1000)::integer, seen_before
    FROM (SELECT coalesce((SELECT sum(c.works_count) FROM joint_covered c WHERE c.whole), 0)::bigint + (SELECT count(*) FROM joint_named) AS claims) k,
      (SELECT coalesce(sum(n.claims - 1), 0)::bigint AS surplus, count(*)::integer AS works FROM joint_number n) j
    ON CONFLICT (association_id) DO UPDATE SET signature = excluded.signature, claims = excluded.claims, works = excluded.works,
      joint_works = excluded.joint_works, counted_at = excluded.counted_at, took_ms = excluded.took_ms, seen_notices = excluded.seen_notices,
      vendors_signature = '';
  RETURN true;
END $$;

DO $$ DECLARE f text;
BEGIN
  FOREACH f IN ARRAY ARRAY['granted_scopes(uuid, uuid, uuid)', 'joint_catalogues(uuid)', 'seen_notices(uuid)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO caveat_worker', f);
  END LOOP;
END $$;
-- What was counted by the rule of before is not shown.
UPDATE joint_count SET signature = '', vendors_signature = '';
