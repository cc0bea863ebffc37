-- One act on many notices: chosen as a filter minus exclusions or row by row, then done row by row by the worker in the name of
-- whoever asked for it.
CREATE TABLE bulk_act (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  requested_by uuid NOT NULL REFERENCES person (id),
  -- the filter with its mark and its exclusions, or the ids
  selection jsonb NOT NULL,
  act text CHECK (act IN ('chase', 'note', 'assign', 'tag', 'untag', 'withdraw', 'export')),
  options jsonb NOT NULL DEFAULT '{}',
  locale text NOT NULL CHECK (locale IN ('en', 'ja')),
  status text NOT NULL CHECK (status IN ('choosing', 'queued', 'running', 'stopping', 'stopped', 'done', 'failed')),
  failure text,
  rows_total integer,
  result_sha256 text,
  result_bytes bigint,
  created_at timestamptz(3) NOT NULL,
  queued_at timestamptz(3),
  finished_at timestamptz(3),
  CONSTRAINT bulk_act_chosen CHECK (status = 'choosing' OR act IS NOT NULL AND rows_total IS NOT NULL AND queued_at IS NOT NULL)
);
CREATE INDEX bulk_act_of ON bulk_act (organisation_id, id DESC);

CREATE TABLE bulk_row (
  act_id uuid NOT NULL REFERENCES bulk_act (id) ON DELETE CASCADE,
  position integer NOT NULL,
  notice_id uuid NOT NULL,
  -- what the asker saw when it was chosen: a row that is refused later is still named
  reference text NOT NULL,
  status text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'done', 'refused', 'missing')),
  because text,
  stage text,
  PRIMARY KEY (act_id, position),
  CONSTRAINT bulk_row_once UNIQUE (act_id, notice_id)
);
CREATE INDEX bulk_row_status ON bulk_row (act_id, status, position);

-- That an association took a file with notices of a member: for the member to see.
CREATE TABLE member_export (
  act_id uuid NOT NULL,
  member_id uuid NOT NULL REFERENCES organisation (id),
  association_id uuid NOT NULL REFERENCES organisation (id),
  format text NOT NULL CHECK (format IN ('csv', 'xlsx', 'zip')),
  notices integer NOT NULL CHECK (notices > 0),
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  exported_at timestamptz(3) NOT NULL,
  PRIMARY KEY (act_id, member_id)
);
CREATE INDEX member_export_member ON member_export (member_id, exported_at DESC);
CREATE INDEX member_export_association ON member_export (association_id);

DO $$ DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['bulk_act', 'bulk_row', 'member_export'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_all ON %I TO caveat_owner USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY worker_all ON %I TO caveat_worker USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON bulk_act, bulk_row TO caveat_worker;
GRANT SELECT, INSERT ON member_export TO caveat_worker;
CREATE TRIGGER member_export_grows BEFORE UPDATE OR DELETE ON member_export FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER member_export_keeps BEFORE TRUNCATE ON member_export FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Colleagues see what was done. Whoever asked for it goes on with it, as long as they belong to the organisation.
GRANT SELECT, INSERT, UPDATE, DELETE ON bulk_act TO caveat_app;
CREATE POLICY read ON bulk_act FOR SELECT TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations())));
CREATE POLICY add ON bulk_act FOR INSERT TO caveat_app
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations())) AND requested_by = asking_person() AND status = 'choosing');
CREATE POLICY change ON bulk_act FOR UPDATE TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations())) AND requested_by = asking_person())
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations())) AND requested_by = asking_person());
CREATE POLICY remove ON bulk_act FOR DELETE TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations())) AND requested_by = asking_person() AND status = 'choosing');

GRANT SELECT, INSERT, UPDATE ON bulk_row TO caveat_app;
CREATE POLICY read ON bulk_row FOR SELECT TO caveat_app
  USING (act_id IN (SELECT a.id FROM bulk_act a WHERE a.organisation_id = ANY (ARRAY(SELECT my_organisations()))));
CREATE POLICY add ON bulk_row FOR INSERT TO caveat_app
  WITH CHECK (act_id IN (SELECT a.id FROM bulk_act a WHERE a.requested_by = asking_person() AND a.status = 'choosing')
    AND EXISTS (SELECT FROM notice n WHERE n.id = notice_id));
CREATE POLICY change ON bulk_row FOR UPDATE TO caveat_app
  USING (EXISTS (SELECT FROM bulk_act a WHERE a.id = act_id AND a.requested_by = asking_person()))
  WITH CHECK (EXISTS (SELECT FROM bulk_act a WHERE a.id = act_id AND a.requested_by = asking_person() AND a.status IN ('queued', 'running', 'stopping')));

GRANT SELECT, INSERT ON member_export TO caveat_app;
CREATE POLICY read ON member_export FOR SELECT TO caveat_app
  USING (member_id = ANY (ARRAY(SELECT my_organisations())) OR association_id = ANY (ARRAY(SELECT my_organisations())));
CREATE POLICY add ON member_export FOR INSERT TO caveat_app
  WITH CHECK (association_id = ANY (ARRAY(SELECT my_organisations()))
    AND EXISTS (SELECT FROM bulk_act a WHERE a.id = act_id AND a.organisation_id = association_id AND a.requested_by = asking_person()));

-- What was begun stays what was asked for, and what has ended stays so: an export is the file whose hash is recorded.
CREATE FUNCTION protect_bulk_act() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF (OLD.id, OLD.organisation_id, OLD.requested_by, OLD.created_at) IS DISTINCT FROM (NEW.id, NEW.organisation_id, NEW.requested_by, NEW.created_at)
     OR OLD.status <> 'choosing' AND (OLD.selection, OLD.act, OLD.options, OLD.rows_total) IS DISTINCT FROM (NEW.selection, NEW.act, NEW.options, NEW.rows_total)
     OR OLD.status IN ('done', 'stopped') AND NEW IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'The act % on many notices stays as it was asked for.', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION protect_bulk_act() FROM PUBLIC;
CREATE TRIGGER bulk_act_protected BEFORE UPDATE ON bulk_act FOR EACH ROW EXECUTE FUNCTION protect_bulk_act();

-- Whoever reads may take a file of what he or she reads.
CREATE POLICY add_export ON job FOR INSERT TO caveat_app
  WITH CHECK (kind = 'bulk-act' AND requested_by = asking_person() AND organisation_id = ANY (ARRAY(SELECT my_organisations()))
    AND EXISTS (SELECT FROM bulk_act a WHERE a.id = subject_id AND a.requested_by = asking_person() AND a.act = 'export'));
