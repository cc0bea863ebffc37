-- Who did what to an organisation, for its owners. The record only grows. It names people by their id alone, so that a
-- person can be erased without touching it. Where an act came from lies beside it and may be emptied.
-- The closed set of kinds is app/accounts/audit.ts: every noun that comes adds its own.
CREATE TABLE audit_entry (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  at timestamptz(3) NOT NULL,
  kind text NOT NULL CHECK (kind ~ '^[a-z]+(-[a-z]+)*$' AND length(kind) <= 60),
  actor text NOT NULL CHECK (actor IN ('member', 'operator', 'portal')),
  person_id uuid REFERENCES person (id),
  subject_id uuid,
  facts jsonb NOT NULL DEFAULT '{}',
  CHECK ((actor = 'portal') = (person_id IS NULL))
);
CREATE INDEX audit_entry_recent ON audit_entry (organisation_id, id DESC);
CREATE INDEX audit_entry_person ON audit_entry (organisation_id, person_id, id DESC);
CREATE INDEX audit_entry_kind ON audit_entry (organisation_id, kind, id DESC);
CREATE INDEX audit_entry_by ON audit_entry (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE audit_origin (
  entry_id uuid PRIMARY KEY REFERENCES audit_entry (id),
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  person_id uuid NOT NULL REFERENCES person (id),
  network_address text,
  browser text,
  erased_at timestamptz(3)
);
CREATE INDEX audit_origin_person ON audit_origin (person_id);
CREATE INDEX audit_origin_organisation ON audit_origin (organisation_id);

ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON audit_entry TO caveat_owner USING (true) WITH CHECK (true);
CREATE POLICY worker_all ON audit_entry TO caveat_worker USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON audit_entry TO caveat_worker;
GRANT SELECT, INSERT ON audit_entry TO caveat_app;
CREATE POLICY read ON audit_entry FOR SELECT TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))));
CREATE POLICY add ON audit_entry FOR INSERT TO caveat_app
  WITH CHECK (person_id = asking_person()
    AND (actor = 'member' AND organisation_id = ANY (ARRAY(SELECT my_organisations())) OR actor = 'operator' AND (SELECT is_operator())));
CREATE TRIGGER audit_entry_grows BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_keeps BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE audit_origin ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_origin FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON audit_origin TO caveat_owner USING (true) WITH CHECK (true);
CREATE POLICY worker_all ON audit_origin TO caveat_worker USING (true) WITH CHECK (true);
GRANT SELECT ON audit_origin TO caveat_worker;
GRANT SELECT, INSERT ON audit_origin TO caveat_app;
CREATE POLICY read ON audit_origin FOR SELECT TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))));
CREATE POLICY add ON audit_origin FOR INSERT TO caveat_app
  WITH CHECK (person_id = asking_person() AND (organisation_id = ANY (ARRAY(SELECT my_organisations())) OR (SELECT is_operator())));

-- An origin is emptied when its person is erased, and changes in no other way.
CREATE FUNCTION only_empty_origin() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.network_address IS NULL AND NEW.browser IS NULL AND NEW.erased_at IS NOT NULL
     AND (NEW.entry_id, NEW.organisation_id, NEW.person_id) = (OLD.entry_id, OLD.organisation_id, OLD.person_id) THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'Where an act came from is emptied, never changed.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_origin_empties BEFORE UPDATE OR DELETE ON audit_origin FOR EACH ROW EXECUTE FUNCTION only_empty_origin();
CREATE TRIGGER audit_origin_keeps BEFORE TRUNCATE ON audit_origin FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The names of an organisation's members, of now and of before, for its owners: the record names them by id.
CREATE FUNCTION audit_people(wanted uuid) RETURNS TABLE (id uuid, name text, name_other text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT p.id, p.name, p.name_other FROM person p
  WHERE wanted IN (SELECT my_organisations_as('{owner}')) AND p.id IN (
    SELECT m.person_id FROM membership m WHERE m.organisation_id = wanted
    UNION SELECT e.subject_id FROM audit_entry e WHERE e.organisation_id = wanted AND e.kind IN ('member-removed', 'member-left')) $$;

REVOKE ALL ON FUNCTION only_empty_origin(), audit_people(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_people(uuid) TO caveat_app;
