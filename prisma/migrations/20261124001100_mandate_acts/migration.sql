-- Mandates are offered, accepted, narrowed and revoked by owners of the two sides. Versions are written under row security,
-- the grant is never written but derived from them, in the same transaction.

-- An association does not know who will sign for the member. Whoever accepts says so.
ALTER TABLE mandate_version ALTER COLUMN signatory_name DROP NOT NULL;
ALTER TABLE mandate_version ALTER COLUMN signatory_capacity DROP NOT NULL;
ALTER TABLE mandate_version ADD CONSTRAINT mandate_version_signed
  CHECK (accepted_at IS NULL OR signatory_name IS NOT NULL AND signatory_capacity IS NOT NULL);
-- One version at a time counts.
CREATE UNIQUE INDEX mandate_version_current ON mandate_version (mandate_id) WHERE accepted_at IS NOT NULL AND ended_at IS NULL;

-- Between whom there may be a mandate: a verified association, and a rights holder or another association as its member.
CREATE FUNCTION mandate_may_begin(association uuid, member uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT EXISTS (
  SELECT FROM organisation a, organisation b
  WHERE a.id = association AND a.kind = 'association' AND a.verified_at IS NOT NULL
    AND b.id = member AND b.kind IN ('rights_holder', 'association')
    AND (a.id IN (SELECT my_organisations_as('{owner}')) OR b.id IN (SELECT my_organisations_as('{owner}')))) $$;

-- Whether terms take away from the version that counts, or counted last, and add nothing. Null is all of them.
CREATE FUNCTION narrows_mandate(target uuid, new_scopes text[], new_vendors uuid[], new_measures text[], new_catalogues uuid[], new_approval boolean, new_starts date, new_ends date)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT coalesce((
  SELECT new_scopes <@ v.scopes
    AND (v.vendors IS NULL OR coalesce(new_vendors <@ v.vendors, false))
    AND (v.measures IS NULL OR coalesce(new_measures <@ v.measures, false))
    AND (v.catalogues IS NULL OR coalesce(new_catalogues <@ v.catalogues, false))
    AND (new_approval OR NOT v.approval_required)
    AND new_starts >= v.starts_on
    AND (v.ends_on IS NULL OR coalesce(new_ends <= v.ends_on, false))
    AND v.revoked_at IS NULL
  FROM mandate_version v WHERE v.mandate_id = target AND v.accepted_at IS NOT NULL
  ORDER BY v.accepted_at DESC, v.version DESC LIMIT 1), false) $$;

-- Takes a mandate for the rest of the transaction: its acts come one after the other, and filings that rely on it before or after.
CREATE FUNCTION lock_mandate(target uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM FROM mandate m WHERE m.id = target
    AND (m.association_id IN (SELECT my_organisations_as('{owner}')) OR m.member_id IN (SELECT my_organisations_as('{owner}'))) FOR UPDATE;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM FROM mandate_grant g WHERE g.mandate_id = target FOR UPDATE;
  RETURN true;
END $$;

-- The grants of an association of the asker, held until the transaction ends: a revocation waits for whoever relies on them.
CREATE FUNCTION hold_mandate_grants(association uuid, members uuid[]) RETURNS SETOF mandate_grant LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF association NOT IN (SELECT my_organisations()) THEN RETURN; END IF;
  RETURN QUERY SELECT g.* FROM mandate_grant g WHERE g.association_id = association AND g.member_id = ANY (members)
    ORDER BY g.mandate_id FOR SHARE;
END $$;

-- Makes the grant what the version that counts says, in the member's days, or removes it. It only derives, so anybody may ask for it.
CREATE FUNCTION settle_mandate_grant(target uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  DELETE FROM mandate_grant g WHERE g.mandate_id = target AND NOT EXISTS (
    SELECT FROM mandate_version v WHERE v.mandate_id = target AND v.accepted_at IS NOT NULL AND v.ended_at IS NULL);
  INSERT INTO mandate_grant (mandate_id, version, association_id, member_id, scopes, vendors, measures, catalogues, approval_required, starts_at, ends_at)
    SELECT v.mandate_id, v.version, m.association_id, m.member_id, v.scopes, v.vendors, v.measures, v.catalogues, v.approval_required,
           v.starts_on::timestamp AT TIME ZONE o.time_zone, (v.ends_on + 1)::timestamp AT TIME ZONE o.time_zone
    FROM mandate_version v JOIN mandate m ON m.id = v.mandate_id JOIN organisation o ON o.id = m.member_id
    WHERE v.mandate_id = target AND v.accepted_at IS NOT NULL AND v.ended_at IS NULL
  ON CONFLICT (mandate_id) DO UPDATE SET version = excluded.version, scopes = excluded.scopes, vendors = excluded.vendors,
    measures = excluded.measures, catalogues = excluded.catalogues, approval_required = excluded.approval_required,
    starts_at = excluded.starts_at, ends_at = excluded.ends_at;
END $$;

-- The owners of a side of a mandate of the asker: whom a mail about it is for. Ids only.
CREATE FUNCTION mandate_owners(target uuid, side uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT p.person_id FROM mandate m JOIN membership p ON p.organisation_id = side AND p.role = 'owner'
      WHERE m.id = target AND side IN (m.association_id, m.member_id)
        AND (m.association_id IN (SELECT my_organisations()) OR m.member_id IN (SELECT my_organisations())) $$;

-- The time zone in which the days of a mandate are meant.
CREATE FUNCTION mandate_zone(target uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT o.time_zone FROM mandate m JOIN organisation o ON o.id = m.member_id WHERE m.id = target $$;

-- The terms of a version stay what they were, and only the other side accepts what one side offers.
CREATE FUNCTION protect_mandate_version() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF (OLD.mandate_id, OLD.version, OLD.scopes, OLD.approval_required, OLD.starts_on, OLD.offered_by_organisation_id, OLD.offered_by, OLD.offered_at)
     IS DISTINCT FROM (NEW.mandate_id, NEW.version, NEW.scopes, NEW.approval_required, NEW.starts_on, NEW.offered_by_organisation_id, NEW.offered_by, NEW.offered_at)
     OR (OLD.vendors, OLD.measures, OLD.catalogues, OLD.ends_on, OLD.document_sha256, OLD.document_name, OLD.document_bytes)
     IS DISTINCT FROM (NEW.vendors, NEW.measures, NEW.catalogues, NEW.ends_on, NEW.document_sha256, NEW.document_name, NEW.document_bytes)
     OR OLD.accepted_at IS NOT NULL AND (OLD.accepted_at, OLD.accepted_by, OLD.signatory_name, OLD.signatory_capacity)
     IS DISTINCT FROM (NEW.accepted_at, NEW.accepted_by, NEW.signatory_name, NEW.signatory_capacity)
     OR OLD.declined_at IS NOT NULL AND (OLD.declined_at, OLD.declined_by, OLD.accepted_at) IS DISTINCT FROM (NEW.declined_at, NEW.declined_by, NEW.accepted_at)
     OR OLD.ended_at IS NOT NULL AND (OLD.ended_at, OLD.revoked_at, OLD.revoked_by) IS DISTINCT FROM (NEW.ended_at, NEW.revoked_at, NEW.revoked_by) THEN
    RAISE EXCEPTION 'Version % of mandate % stays what it was.', OLD.version, OLD.mandate_id USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.accepted_at IS NULL AND NEW.accepted_at IS NOT NULL AND NOT EXISTS (
    SELECT FROM mandate m WHERE m.id = NEW.mandate_id AND NEW.accepted_by = asking_person()
      AND (CASE WHEN NEW.offered_by_organisation_id = m.association_id THEN m.member_id ELSE m.association_id END) IN (SELECT my_organisations_as('{owner}'))) THEN
    RAISE EXCEPTION 'Version % of mandate % is for the other side to accept.', OLD.version, OLD.mandate_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER mandate_version_protected BEFORE UPDATE ON mandate_version FOR EACH ROW EXECUTE FUNCTION protect_mandate_version();

DO $$ DECLARE f text;
BEGIN
  FOREACH f IN ARRAY ARRAY['mandate_may_begin(uuid, uuid)', 'narrows_mandate(uuid, text[], uuid[], text[], uuid[], boolean, date, date)', 'lock_mandate(uuid)',
    'hold_mandate_grants(uuid, uuid[])', 'settle_mandate_grant(uuid)', 'mandate_owners(uuid, uuid)', 'mandate_zone(uuid)', 'protect_mandate_version()'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO caveat_app, caveat_worker', f);
  END LOOP;
END $$;

GRANT INSERT ON mandate TO caveat_app;
CREATE POLICY add ON mandate FOR INSERT TO caveat_app
  WITH CHECK (created_by = asking_person() AND mandate_may_begin(association_id, member_id));
GRANT INSERT, UPDATE ON mandate_version TO caveat_app;
-- What a side offers waits for the other. Only a member's version that takes away counts at once.
CREATE POLICY add ON mandate_version FOR INSERT TO caveat_app
  WITH CHECK (offered_by = asking_person() AND offered_by_organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner}')))
    AND declined_at IS NULL AND ended_at IS NULL AND revoked_at IS NULL
    AND EXISTS (SELECT FROM mandate m WHERE m.id = mandate_id AND mandate_may_begin(m.association_id, m.member_id)
      AND (offered_by_organisation_id = m.association_id AND accepted_at IS NULL
        OR offered_by_organisation_id = m.member_id AND (accepted_at IS NULL
          OR accepted_by = asking_person() AND narrows_mandate(mandate_id, scopes, vendors, measures, catalogues, approval_required, starts_on, ends_on)))));
CREATE POLICY change ON mandate_version FOR UPDATE TO caveat_app
  USING (EXISTS (SELECT FROM mandate m WHERE m.id = mandate_id AND (m.association_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))) OR m.member_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))))))
  WITH CHECK (EXISTS (SELECT FROM mandate m WHERE m.id = mandate_id AND (m.association_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))) OR m.member_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))))));
