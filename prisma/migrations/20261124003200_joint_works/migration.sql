-- Works that several members of an association claim: equal by an identifier, so counted once. The worker counts them; what it
-- found stands as long as nothing it was counted from has changed, which the signature tells: the mandates' catalogues and their
-- versions. A mandate that ends changes it in the same transaction, and nothing of the count is shown any more.
CREATE TABLE joint_count (
  association_id uuid PRIMARY KEY REFERENCES organisation (id),
  signature text NOT NULL,
  claims bigint NOT NULL,
  works bigint NOT NULL,
  joint_works integer NOT NULL,
  counted_at timestamptz(3) NOT NULL,
  took_ms integer NOT NULL
);
CREATE TABLE joint_work (
  association_id uuid NOT NULL REFERENCES organisation (id),
  number integer NOT NULL,
  scheme text NOT NULL,
  value text NOT NULL,
  title text NOT NULL,
  claims integer NOT NULL,
  members integer NOT NULL,
  PRIMARY KEY (association_id, number)
);
CREATE TABLE joint_claim (
  association_id uuid NOT NULL,
  number integer NOT NULL,
  catalogue_id uuid NOT NULL,
  work_id uuid NOT NULL,
  member_id uuid NOT NULL REFERENCES organisation (id),
  title text NOT NULL,
  PRIMARY KEY (association_id, number, catalogue_id, work_id),
  FOREIGN KEY (association_id, number) REFERENCES joint_work (association_id, number) ON DELETE CASCADE
);
DO $$ DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['joint_count', 'joint_work', 'joint_claim'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_all ON %I TO caveat_owner USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY worker_all ON %I TO caveat_worker USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO caveat_worker', t);
  END LOOP;
END $$;

-- The catalogues that the live mandates of an association cover, in their present versions.
CREATE FUNCTION joint_catalogues(association uuid) RETURNS TABLE (catalogue_id uuid, member_id uuid, version integer, works_count integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT c.id, g.member_id, v.version, v.works_count FROM mandate_grant g JOIN catalogue c ON c.organisation_id = g.member_id
    JOIN catalogue_version v ON v.catalogue_id = c.id AND v.version = c.current_version
  WHERE g.association_id = association AND 'view' = ANY (g.scopes) AND g.starts_at <= now() AND (g.ends_at IS NULL OR g.ends_at > now())
    AND (g.catalogues IS NULL OR c.id = ANY (g.catalogues)) $$;
CREATE FUNCTION joint_signature(association uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT md5(coalesce(string_agg(c.catalogue_id || ' ' || c.version, E'\n' ORDER BY c.catalogue_id), '')) FROM joint_catalogues(association) c $$;

-- Counts the joint works of an association, unless that was done. Works that share an identifier with another member's are one work,
-- and so are those that hang together over several identifiers: each takes the least label of its like until none changes.
CREATE FUNCTION count_joint_works(association uuid, at timestamptz) RETURNS boolean LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public AS $$
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
    SELECT g.*, row_number() OVER (ORDER BY g.members DESC, g.title, g.label)::integer AS number FROM (
      SELECT l.label, count(*)::integer AS claims, count(DISTINCT l.member_id)::integer AS members, min(w.title) AS title,
        (SELECT min(ARRAY[e.scheme, e.value]) FROM joint_edge e WHERE e.catalogue_id = (min(ARRAY[l.catalogue_id::text, l.work_id::text]))[1]::uuid
          AND e.work_id = (min(ARRAY[l.catalogue_id::text, l.work_id::text]))[2]::uuid) AS identifier
      FROM joint_label l JOIN work w ON w.catalogue_id = l.catalogue_id AND w.work_id = l.work_id AND w.valid_to IS NULL GROUP BY l.label) g;
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

-- The associations whose joint works are to be counted: where counting takes its time, the next waits twenty times as long.
CREATE FUNCTION uncounted_associations(at timestamptz) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT a.id FROM (SELECT DISTINCT g.association_id AS id FROM mandate_grant g UNION SELECT k.association_id FROM joint_count k) a
    LEFT JOIN joint_count k ON k.association_id = a.id
  WHERE (k.association_id IS NULL OR k.counted_at + make_interval(secs => least(greatest(k.took_ms - 500, 0) * 20 / 1000.0, 3600)) <= at)
    AND k.signature IS DISTINCT FROM joint_signature(a.id) $$;

-- For the association's people: the count, as long as it is true.
CREATE FUNCTION joint_totals(association uuid) RETURNS TABLE (claims bigint, works bigint, joint_works integer, counted_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT k.claims, k.works, k.joint_works, k.counted_at FROM joint_count k
  WHERE k.association_id = association AND association IN (SELECT my_organisations()) AND k.signature = joint_signature(association) $$;
-- And the works, those that most members claim first, with who claims them: at most fifty are named.
CREATE FUNCTION joint_page(association uuid, after integer, most integer)
RETURNS TABLE (number integer, scheme text, value text, title text, claims integer, members integer, claimed_by json)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT j.number, j.scheme, j.value, j.title, j.claims, j.members,
    (SELECT json_agg(json_build_object('id', o.id, 'name', o.name, 'nameOther', o.name_other, 'title', c.title, 'catalogue', l.name) ORDER BY lower(o.name), c.title)
      FROM (SELECT * FROM joint_claim x WHERE x.association_id = association AND x.number = j.number ORDER BY x.catalogue_id, x.work_id LIMIT 50) c
      JOIN organisation o ON o.id = c.member_id JOIN catalogue l ON l.id = c.catalogue_id)
  FROM joint_work j WHERE j.association_id = association AND j.number > after AND EXISTS (SELECT FROM joint_totals(association))
  ORDER BY j.number LIMIT least(most, 500) $$;

DO $$ DECLARE f text;
BEGIN
  FOREACH f IN ARRAY ARRAY['joint_catalogues(uuid)', 'joint_signature(uuid)', 'count_joint_works(uuid, timestamptz)', 'uncounted_associations(timestamptz)',
      'joint_totals(uuid)', 'joint_page(uuid, integer, integer)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION joint_catalogues(uuid), joint_signature(uuid), count_joint_works(uuid, timestamptz), uncounted_associations(timestamptz) TO caveat_worker;
GRANT EXECUTE ON FUNCTION joint_totals(uuid), joint_page(uuid, integer, integer) TO caveat_app;
