-- The identifier by which a joint work is shown was looked for through all of them, once for each: minutes at 50,000 joint works.
CREATE OR REPLACE FUNCTION count_joint_works(association uuid, at timestamptz) RETURNS boolean LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public AS $$
DECLARE
  seen text;
  begun timestamptz := clock_timestamp();
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('count_joint_works'), hashtext(association::text));
  seen := joint_signature(association);
  IF EXISTS (SELECT FROM joint_count k WHERE k.association_id = association AND k.signature = seen) THEN RETURN false; END IF;
  DROP TABLE IF EXISTS pg_temp.joint_edge, pg_temp.joint_label, pg_temp.joint_number;
  CREATE TEMP TABLE joint_edge ON COMMIT DROP AS
    WITH covered AS MATERIALIZED (SELECT * FROM joint_catalogues(association)),
      shared AS MATERIALIZED (SELECT i.scheme, i.value FROM work_identifier i JOIN covered c ON c.catalogue_id = i.catalogue_id
        WHERE i.valid AND i.valid_to IS NULL GROUP BY 1, 2 HAVING count(DISTINCT c.member_id) > 1)
    SELECT DISTINCT i.scheme, i.value, i.catalogue_id, i.work_id, c.member_id FROM shared s JOIN work_identifier i ON i.scheme = s.scheme AND i.value = s.value
      JOIN covered c ON c.catalogue_id = i.catalogue_id WHERE i.valid AND i.valid_to IS NULL;
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
  INSERT INTO joint_count (association_id, signature, claims, works, joint_works, counted_at, took_ms)
    SELECT association, CASE WHEN joint_signature(association) = seen THEN seen ELSE '' END, k.claims, k.claims - j.surplus, j.works, at,
      (extract(epoch FROM clock_timestamp() - begun) * 1000)::integer
    FROM (SELECT coalesce(sum(c.works_count), 0)::bigint AS claims FROM joint_catalogues(association) c) k,
      (SELECT coalesce(sum(n.claims - 1), 0)::bigint AS surplus, count(*)::integer AS works FROM joint_number n) j
    ON CONFLICT (association_id) DO UPDATE SET signature = excluded.signature, claims = excluded.claims, works = excluded.works,
      joint_works = excluded.joint_works, counted_at = excluded.counted_at, took_ms = excluded.took_ms;
  RETURN true;
END $$;
