-- What an organisation notes for itself about notices: its tags, notes and who looks after one. The other organisations that
-- see the same notice, be it the member or its association, never see these.
CREATE TABLE notice_tag (
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  notice_id uuid NOT NULL REFERENCES notice (id),
  tag text NOT NULL CHECK (tag <> '' AND length(tag) <= 60),
  tagged_by uuid NOT NULL REFERENCES person (id),
  tagged_at timestamptz(3) NOT NULL,
  PRIMARY KEY (organisation_id, notice_id, tag)
);
CREATE INDEX notice_tag_of ON notice_tag (organisation_id, tag, notice_id);
CREATE INDEX notice_tag_notice ON notice_tag (notice_id);

CREATE TABLE notice_note (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  notice_id uuid NOT NULL REFERENCES notice (id),
  text text NOT NULL CHECK (text <> '' AND length(text) <= 4000),
  written_by uuid NOT NULL REFERENCES person (id),
  written_at timestamptz(3) NOT NULL
);
CREATE INDEX notice_note_of ON notice_note (notice_id, organisation_id, id);

CREATE TABLE notice_assignment (
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  notice_id uuid NOT NULL REFERENCES notice (id),
  person_id uuid NOT NULL REFERENCES person (id),
  assigned_by uuid NOT NULL REFERENCES person (id),
  assigned_at timestamptz(3) NOT NULL,
  PRIMARY KEY (organisation_id, notice_id)
);
CREATE INDEX notice_assignment_person ON notice_assignment (organisation_id, person_id, notice_id);
CREATE INDEX notice_assignment_notice ON notice_assignment (notice_id);

-- A filter, an order and columns under a name. Its own until it is shared with the organisation.
CREATE TABLE saved_view (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  name text NOT NULL CHECK (name <> '' AND length(name) <= 80),
  query text NOT NULL CHECK (length(query) <= 4000),
  shared boolean NOT NULL,
  saved_by uuid NOT NULL REFERENCES person (id),
  saved_at timestamptz(3) NOT NULL
);
CREATE INDEX saved_view_of ON saved_view (organisation_id, saved_by);

-- Lists over many holders at once walk each holder's part of an index.
CREATE INDEX notice_holder_vendor ON notice (holder_organisation_id, vendor_id, id DESC);
CREATE INDEX notice_holder_answered ON notice (holder_organisation_id, outcome, id DESC) WHERE outcome <> 'pending';

-- Members whose grant to an association of the asker leaves nothing out: asked once, where is_mandated asks for every row.
CREATE FUNCTION my_wholly_mandated_members() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT g.member_id FROM mandate_grant g JOIN membership m ON m.organisation_id = g.association_id
      WHERE m.person_id = asking_person() AND g.starts_at <= now() AND (g.ends_at IS NULL OR g.ends_at > now())
        AND g.vendors IS NULL AND g.measures IS NULL AND g.catalogues IS NULL $$;

DROP POLICY read ON notice;
CREATE POLICY read ON notice FOR SELECT TO caveat_app
  USING (holder_organisation_id = ANY (ARRAY(SELECT my_organisations()))
    OR begun_at IS NOT NULL AND vendor_id = ANY (ARRAY(SELECT my_vendors()))
    OR begun_at IS NOT NULL AND id = (SELECT link_notice())
    OR stage NOT IN ('draft', 'awaiting_approval') AND holder_organisation_id = ANY (ARRAY(SELECT my_wholly_mandated_members()))
    OR holder_organisation_id = ANY (ARRAY(SELECT my_mandated_members())) AND is_mandated(id, 'view', '{owner,editor,approver,viewer}'));

-- Whether the live grant of one association covers a notice. Who works for two associations acts for one of them.
CREATE FUNCTION covers_notice(association uuid, target uuid, needed text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT association IN (SELECT my_organisations()) AND EXISTS (
  SELECT FROM notice n JOIN mandate_grant g ON g.member_id = n.holder_organisation_id
  WHERE n.id = target AND g.association_id = association AND needed = ANY (g.scopes) AND g.starts_at <= now() AND (g.ends_at IS NULL OR g.ends_at > now())
    AND n.stage <> 'draft' AND (n.stage <> 'awaiting_approval' OR n.filed_by_organisation_id = association)
    AND (g.vendors IS NULL OR n.vendor_id = ANY (g.vendors))
    AND (g.catalogues IS NULL OR EXISTS (SELECT FROM notice_scope s WHERE s.id = n.scope_id AND s.catalogue_id = ANY (g.catalogues)))
    AND (g.measures IS NULL OR NOT EXISTS (SELECT FROM notice_measure q WHERE q.notice_id = n.id AND q.measure <> ALL (g.measures)))) $$;

-- Whether an organisation may see or act on a notice, held until the transaction ends: a revocation comes before or after.
-- Each statement looks anew, so that what was revoked while this waited is seen.
CREATE FUNCTION hold_right_on(target uuid, organisation uuid, needed text, roles text[]) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF organisation NOT IN (SELECT my_organisations_as(roles)) THEN RETURN false; END IF;
  IF EXISTS (SELECT FROM notice n WHERE n.id = target AND n.holder_organisation_id = organisation AND n.stage <> 'draft') THEN RETURN true; END IF;
  PERFORM FROM mandate_grant g WHERE g.association_id = organisation
    AND g.member_id = (SELECT n.holder_organisation_id FROM notice n WHERE n.id = target) FOR SHARE;
  RETURN covers_notice(organisation, target, needed);
END $$;

-- The scopes that cite a work whose titles hold a fragment, among the works of holders that the asker may see something of.
-- Which notices they lead to is left to the policies of notice.
CREATE FUNCTION scopes_citing(fragment text, holders uuid[], most integer) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN QUERY WITH own AS MATERIALIZED (
      SELECT c.id FROM catalogue c WHERE c.organisation_id = ANY (holders)
        AND (c.organisation_id IN (SELECT my_organisations()) OR c.organisation_id IN (SELECT my_mandated_members()))),
    hits AS MATERIALIZED (
      SELECT w.catalogue_id, w.work_id, w.valid_from, w.valid_to FROM work w
      WHERE w.catalogue_id IN (SELECT o.id FROM own o)
        AND w.search_text LIKE '%' || replace(replace(replace(fragment, '\', '\\'), '%', '\%'), '_', '\_') || '%'
      LIMIT 5000)
    SELECT DISTINCT s.id FROM hits h JOIN notice_scope s ON s.catalogue_id = h.catalogue_id
      AND h.valid_from <= s.version AND (h.valid_to IS NULL OR h.valid_to > s.version)
    WHERE s.kind = 'all' OR EXISTS (SELECT FROM notice_scope_work x WHERE x.scope_id = s.id AND x.work_id = h.work_id)
    LIMIT least(most, 5000);
END $$;

DO $$ DECLARE f text;
BEGIN
  FOREACH f IN ARRAY ARRAY['my_wholly_mandated_members()', 'covers_notice(uuid, uuid, text)', 'hold_right_on(uuid, uuid, text, text[])', 'scopes_citing(text, uuid[], integer)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO caveat_app, caveat_worker', f);
  END LOOP;
END $$;

DO $$ DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['notice_tag', 'notice_note', 'notice_assignment', 'saved_view'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_all ON %I TO caveat_owner USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY worker_all ON %I TO caveat_worker USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO caveat_worker', t);
  END LOOP;
END $$;

-- An organisation's own words, as long as it sees the notice.
GRANT SELECT, INSERT, DELETE ON notice_tag TO caveat_app;
CREATE POLICY read ON notice_tag FOR SELECT TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations())) AND EXISTS (SELECT FROM notice n WHERE n.id = notice_id));
CREATE POLICY add ON notice_tag FOR INSERT TO caveat_app
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) AND tagged_by = asking_person() AND EXISTS (SELECT FROM notice n WHERE n.id = notice_id));
CREATE POLICY remove ON notice_tag FOR DELETE TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) AND EXISTS (SELECT FROM notice n WHERE n.id = notice_id));

GRANT SELECT, INSERT ON notice_note TO caveat_app;
CREATE POLICY read ON notice_note FOR SELECT TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations())) AND EXISTS (SELECT FROM notice n WHERE n.id = notice_id));
CREATE POLICY add ON notice_note FOR INSERT TO caveat_app
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) AND written_by = asking_person() AND EXISTS (SELECT FROM notice n WHERE n.id = notice_id));

GRANT SELECT, INSERT, UPDATE, DELETE ON notice_assignment TO caveat_app;
CREATE POLICY read ON notice_assignment FOR SELECT TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations())) AND EXISTS (SELECT FROM notice n WHERE n.id = notice_id));
CREATE POLICY add ON notice_assignment FOR INSERT TO caveat_app
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) AND assigned_by = asking_person() AND EXISTS (SELECT FROM notice n WHERE n.id = notice_id));
CREATE POLICY change ON notice_assignment FOR UPDATE TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) AND EXISTS (SELECT FROM notice n WHERE n.id = notice_id))
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) AND assigned_by = asking_person());
CREATE POLICY remove ON notice_assignment FOR DELETE TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) AND EXISTS (SELECT FROM notice n WHERE n.id = notice_id));

-- Everybody keeps views of their own; shared ones are for the organisation, made by those who act for it.
GRANT SELECT, INSERT, DELETE ON saved_view TO caveat_app;
CREATE POLICY read ON saved_view FOR SELECT TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations())) AND (shared OR saved_by = asking_person()));
CREATE POLICY add ON saved_view FOR INSERT TO caveat_app
  WITH CHECK (saved_by = asking_person() AND organisation_id = ANY (ARRAY(SELECT my_organisations()))
    AND (NOT shared OR organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}')))));
CREATE POLICY remove ON saved_view FOR DELETE TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations())) AND (saved_by = asking_person() OR shared AND organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner}')))));

-- The next date that somebody has to keep, last where there is none.
CREATE INDEX notice_holder_due ON notice (holder_organisation_id, coalesce(CASE
  WHEN stage IN ('sent', 'delivered') AND acknowledged_at IS NULL THEN acknowledge_due_at
  WHEN stage IN ('sent', 'delivered', 'acknowledged', 'in_review', 'clarification_needed') THEN decide_due_at
  WHEN stage = 'decided' THEN challenge_due_at END, 'infinity'::timestamptz), id);
