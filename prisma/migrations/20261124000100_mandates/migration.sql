-- A mandate is one member's consent that an association may see or file. Its versions are its history, and the one that
-- counts now stands as one narrow row in mandate_grant: what row security asks. No grant, no sight.
CREATE TABLE mandate (
  id uuid PRIMARY KEY,
  association_id uuid NOT NULL REFERENCES organisation (id),
  member_id uuid NOT NULL REFERENCES organisation (id),
  created_by uuid NOT NULL,
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT mandate_between_two CHECK (association_id <> member_id),
  CONSTRAINT mandate_once UNIQUE (association_id, member_id)
);
CREATE INDEX mandate_member ON mandate (member_id);

-- vendors, measures and catalogues: null is all of them.
CREATE TABLE mandate_version (
  mandate_id uuid NOT NULL REFERENCES mandate (id),
  version integer NOT NULL CHECK (version > 0),
  scopes text[] NOT NULL CHECK (scopes <@ '{view,file,swear}' AND 'view' = ANY (scopes)),
  vendors uuid[] CHECK (cardinality(vendors) > 0),
  measures text[] CHECK (cardinality(measures) > 0),
  catalogues uuid[] CHECK (cardinality(catalogues) > 0),
  approval_required boolean NOT NULL DEFAULT false,
  starts_on date NOT NULL,
  ends_on date,
  signatory_name text NOT NULL,
  signatory_capacity text NOT NULL,
  document_sha256 text,
  document_name text,
  document_bytes integer,
  offered_by_organisation_id uuid NOT NULL REFERENCES organisation (id),
  offered_by uuid NOT NULL,
  offered_at timestamptz(3) NOT NULL,
  accepted_by uuid,
  accepted_at timestamptz(3),
  -- declined by the other side, or taken back by the one that offered, before it was accepted
  declined_by uuid,
  declined_at timestamptz(3),
  -- ended by a later version, or revoked
  ended_at timestamptz(3),
  revoked_by uuid,
  revoked_at timestamptz(3),
  expiry_told_at timestamptz(3),
  PRIMARY KEY (mandate_id, version),
  CONSTRAINT mandate_version_days CHECK (ends_on IS NULL OR ends_on >= starts_on)
);
-- One offer at a time waits.
CREATE UNIQUE INDEX mandate_version_waiting ON mandate_version (mandate_id) WHERE accepted_at IS NULL AND declined_at IS NULL;
CREATE INDEX mandate_version_ending ON mandate_version (ends_on) WHERE accepted_at IS NOT NULL AND ended_at IS NULL AND ends_on IS NOT NULL;

CREATE TABLE mandate_grant (
  mandate_id uuid PRIMARY KEY,
  version integer NOT NULL,
  association_id uuid NOT NULL REFERENCES organisation (id),
  member_id uuid NOT NULL REFERENCES organisation (id),
  scopes text[] NOT NULL,
  vendors uuid[],
  measures text[],
  catalogues uuid[],
  approval_required boolean NOT NULL,
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3),
  FOREIGN KEY (mandate_id, version) REFERENCES mandate_version (mandate_id, version)
);
CREATE UNIQUE INDEX mandate_grant_pair ON mandate_grant (member_id, association_id);
CREATE INDEX mandate_grant_association ON mandate_grant (association_id, member_id);

DO $$ DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['mandate', 'mandate_version', 'mandate_grant'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_all ON %I TO caveat_owner USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY worker_all ON %I TO caveat_worker USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO caveat_worker', t);
    EXECUTE format('GRANT SELECT ON %I TO caveat_app', t);
  END LOOP;
END $$;
REVOKE DELETE ON mandate, mandate_version FROM caveat_worker;

CREATE POLICY read ON mandate FOR SELECT TO caveat_app
  USING (association_id = ANY (ARRAY(SELECT my_organisations())) OR member_id = ANY (ARRAY(SELECT my_organisations())));
CREATE POLICY read ON mandate_version FOR SELECT TO caveat_app
  USING (EXISTS (SELECT FROM mandate m WHERE m.id = mandate_id));
CREATE POLICY read ON mandate_grant FOR SELECT TO caveat_app
  USING (association_id = ANY (ARRAY(SELECT my_organisations())) OR member_id = ANY (ARRAY(SELECT my_organisations())));

-- The members whose notices the asker may see something of, through an association: a cheap first question.
CREATE FUNCTION my_mandated_members() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT g.member_id FROM mandate_grant g JOIN membership m ON m.organisation_id = g.association_id
      WHERE m.person_id = asking_person() AND g.starts_at <= now() AND (g.ends_at IS NULL OR g.ends_at > now()) $$;

-- Whether a live grant to an association of the asker covers a notice: its vendor, its catalogue and every one of its measures.
CREATE FUNCTION is_mandated(target uuid, needed text, roles text[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT EXISTS (
  SELECT FROM notice n JOIN mandate_grant g ON g.member_id = n.holder_organisation_id
  WHERE n.id = target AND needed = ANY (g.scopes) AND g.starts_at <= now() AND (g.ends_at IS NULL OR g.ends_at > now())
    AND g.association_id IN (SELECT my_organisations_as(roles))
    AND (n.stage NOT IN ('draft', 'awaiting_approval') OR n.filed_by_organisation_id = g.association_id)
    AND (g.vendors IS NULL OR n.vendor_id = ANY (g.vendors))
    AND (g.catalogues IS NULL OR EXISTS (SELECT FROM notice_scope s WHERE s.id = n.scope_id AND s.catalogue_id = ANY (g.catalogues)))
    AND (g.measures IS NULL OR NOT EXISTS (SELECT FROM notice_measure q WHERE q.notice_id = n.id AND q.measure <> ALL (g.measures)))) $$;

-- Whether the asker may file for a member against a vendor, from a catalogue.
CREATE FUNCTION may_file_for(holder uuid, vendor uuid, scope uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT EXISTS (
  SELECT FROM mandate_grant g JOIN notice_scope s ON s.id = scope AND s.organisation_id = holder
  WHERE g.member_id = holder AND 'file' = ANY (g.scopes) AND g.starts_at <= now() AND (g.ends_at IS NULL OR g.ends_at > now())
    AND g.association_id IN (SELECT my_organisations_as('{owner,editor}'))
    AND (g.vendors IS NULL OR vendor = ANY (g.vendors)) AND (g.catalogues IS NULL OR s.catalogue_id = ANY (g.catalogues))) $$;

-- Whom the asker deals with over mandates, on either side: their names are known to each other.
CREATE FUNCTION my_mandate_partners() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT d.member_id FROM mandate d JOIN membership m ON m.organisation_id = d.association_id WHERE m.person_id = asking_person()
      UNION SELECT d.association_id FROM mandate d JOIN membership m ON m.organisation_id = d.member_id WHERE m.person_id = asking_person() $$;

DO $$ DECLARE f text;
BEGIN
  FOREACH f IN ARRAY ARRAY['my_mandated_members()', 'is_mandated(uuid, text, text[])', 'may_file_for(uuid, uuid, uuid)', 'my_mandate_partners()'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO caveat_app, caveat_worker', f);
  END LOOP;
END $$;

CREATE POLICY read_partner ON organisation FOR SELECT TO caveat_app
  USING (id = ANY (ARRAY(SELECT my_mandate_partners())));

-- Who filed for a member sees and acts only while the mandate lasts: the filer's own right is gone, the grant's stands instead.
CREATE OR REPLACE FUNCTION is_holder_of(target uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT EXISTS (SELECT FROM notice n WHERE n.id = target
       AND (n.holder_organisation_id IN (SELECT my_organisations())
         OR n.filed_by_organisation_id IN (SELECT my_organisations()) AND is_mandated(target, 'file', '{owner,editor,approver,viewer}'))) $$;
CREATE OR REPLACE FUNCTION may_act_on(target uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT EXISTS (
  SELECT FROM notice n WHERE n.id = target AND (
    n.holder_organisation_id IN (SELECT my_organisations_as('{owner,editor,approver}'))
    OR is_mandated(target, 'file', '{owner,editor}')
    OR n.begun_at IS NOT NULL AND EXISTS (SELECT FROM vendor v WHERE v.id = n.vendor_id AND v.organisation_id IN (SELECT my_organisations_as('{owner,editor}')))
    OR n.begun_at IS NOT NULL AND n.id = link_notice())) $$;

DROP POLICY read ON notice;
CREATE POLICY read ON notice FOR SELECT TO caveat_app
  USING (holder_organisation_id = ANY (ARRAY(SELECT my_organisations()))
    OR begun_at IS NOT NULL AND vendor_id = ANY (ARRAY(SELECT my_vendors()))
    OR begun_at IS NOT NULL AND id = (SELECT link_notice())
    OR holder_organisation_id = ANY (ARRAY(SELECT my_mandated_members())) AND is_mandated(id, 'view', '{owner,editor,approver,viewer}'));
DROP POLICY add ON notice;
CREATE POLICY add ON notice FOR INSERT TO caveat_app
  WITH CHECK (filed_by_organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) AND is_verified(filed_by_organisation_id) AND is_verified(holder_organisation_id)
    AND (holder_organisation_id = filed_by_organisation_id OR may_file_for(holder_organisation_id, vendor_id, scope_id)));
DROP POLICY add ON notice_scope;
CREATE POLICY add ON notice_scope FOR INSERT TO caveat_app
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}')))
    OR EXISTS (SELECT FROM mandate_grant g WHERE g.member_id = organisation_id AND 'file' = ANY (g.scopes) AND g.starts_at <= now() AND (g.ends_at IS NULL OR g.ends_at > now())
      AND g.association_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) AND (g.catalogues IS NULL OR catalogue_id = ANY (g.catalogues))));
