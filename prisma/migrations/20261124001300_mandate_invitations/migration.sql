-- Members who are not here yet: an association invites an address, and whoever signs up with it finds the offer.
CREATE TABLE mandate_invitation (
  id uuid PRIMARY KEY,
  association_id uuid NOT NULL REFERENCES organisation (id),
  email text NOT NULL CHECK (email = lower(email)),
  name text NOT NULL,
  scopes text[] NOT NULL CHECK (scopes <@ '{view,file,swear}' AND 'view' = ANY (scopes)),
  approval_required boolean NOT NULL,
  starts_on date NOT NULL,
  ends_on date,
  invited_by uuid NOT NULL,
  invited_at timestamptz(3) NOT NULL,
  mandate_id uuid REFERENCES mandate (id),
  claimed_at timestamptz(3),
  revoked_at timestamptz(3),
  CONSTRAINT mandate_invitation_days CHECK (ends_on IS NULL OR ends_on >= starts_on),
  CONSTRAINT mandate_invitation_claimed CHECK ((mandate_id IS NULL) = (claimed_at IS NULL))
);
CREATE UNIQUE INDEX mandate_invitation_open ON mandate_invitation (association_id, email) WHERE claimed_at IS NULL AND revoked_at IS NULL;
CREATE INDEX mandate_invitation_address ON mandate_invitation (email) WHERE claimed_at IS NULL AND revoked_at IS NULL;

-- A file of members to invite, with what came of each row.
CREATE TABLE mandate_batch (
  id uuid PRIMARY KEY,
  association_id uuid NOT NULL REFERENCES organisation (id),
  made_by uuid NOT NULL,
  made_at timestamptz(3) NOT NULL,
  file_name text NOT NULL,
  results jsonb NOT NULL
);
CREATE INDEX mandate_batch_recent ON mandate_batch (association_id, id DESC);

DO $$ DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['mandate_invitation', 'mandate_batch'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_all ON %I TO caveat_owner USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY worker_all ON %I TO caveat_worker USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO caveat_worker', t);
  END LOOP;
END $$;

CREATE FUNCTION my_address() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT email FROM person WHERE id = asking_person() $$;

GRANT SELECT, INSERT ON mandate_invitation TO caveat_app;
GRANT UPDATE (revoked_at) ON mandate_invitation TO caveat_app;
CREATE POLICY read ON mandate_invitation FOR SELECT TO caveat_app
  USING (association_id = ANY (ARRAY(SELECT my_organisations())) OR email = (SELECT my_address()) AND claimed_at IS NULL AND revoked_at IS NULL);
CREATE POLICY add ON mandate_invitation FOR INSERT TO caveat_app
  WITH CHECK (association_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))) AND is_verified(association_id) AND invited_by = asking_person()
    AND mandate_id IS NULL AND revoked_at IS NULL);
CREATE POLICY change ON mandate_invitation FOR UPDATE TO caveat_app
  USING (association_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))) AND claimed_at IS NULL)
  WITH CHECK (association_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))));
GRANT SELECT, INSERT ON mandate_batch TO caveat_app;
CREATE POLICY read ON mandate_batch FOR SELECT TO caveat_app
  USING (association_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))));
CREATE POLICY add ON mandate_batch FOR INSERT TO caveat_app
  WITH CHECK (association_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))) AND made_by = asking_person());

-- The name of an association is known to whomever it invited.
CREATE FUNCTION my_inviters() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT i.association_id FROM mandate_invitation i JOIN person p ON p.email = i.email
      WHERE p.id = asking_person() AND i.claimed_at IS NULL AND i.revoked_at IS NULL $$;
CREATE POLICY read_inviter ON organisation FOR SELECT TO caveat_app
  USING (id = ANY (ARRAY(SELECT my_inviters())));

-- The organisations that an address owns, for an owner of a verified association who invites its members.
CREATE FUNCTION mandate_members_at(association uuid, address text) RETURNS TABLE (organisation_id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT o.id, o.name FROM person p JOIN membership m ON m.person_id = p.id AND m.role = 'owner' JOIN organisation o ON o.id = m.organisation_id
      WHERE p.email = address AND o.kind IN ('rights_holder', 'association') AND o.id <> association
        AND association IN (SELECT my_organisations_as('{owner}')) AND is_verified(association)
      ORDER BY o.id LIMIT 20 $$;

-- The verified associations, by name: whom a holder can give a mandate.
CREATE FUNCTION list_associations() RETURNS TABLE (id uuid, name text, name_other text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT o.id, o.name, o.name_other FROM organisation o WHERE o.kind = 'association' AND o.verified_at IS NOT NULL
        AND EXISTS (SELECT FROM my_organisations()) ORDER BY o.name, o.id LIMIT 500 $$;

-- Makes an invitation an offer to an organisation of the one who was invited. The inviter's right is asked again now. Where an offer
-- waits already, that one stands.
CREATE FUNCTION claim_mandate_invitation(target uuid, member uuid, new_mandate uuid, at timestamptz) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE found mandate_invitation; kept uuid;
BEGIN
  SELECT * INTO found FROM mandate_invitation i WHERE i.id = target AND i.claimed_at IS NULL AND i.revoked_at IS NULL AND i.email = my_address() FOR UPDATE;
  IF found.id IS NULL OR member = found.association_id OR member NOT IN (SELECT my_organisations_as('{owner}'))
     OR NOT mandate_may_begin(found.association_id, member)
     OR NOT EXISTS (SELECT FROM membership m WHERE m.person_id = found.invited_by AND m.organisation_id = found.association_id AND m.role = 'owner') THEN RETURN NULL; END IF;
  INSERT INTO mandate (id, association_id, member_id, created_by, created_at) VALUES (new_mandate, found.association_id, member, found.invited_by, at)
    ON CONFLICT (association_id, member_id) DO NOTHING;
  SELECT m.id INTO kept FROM mandate m WHERE m.association_id = found.association_id AND m.member_id = member FOR UPDATE;
  IF NOT EXISTS (SELECT FROM mandate_version v WHERE v.mandate_id = kept AND v.accepted_at IS NULL AND v.declined_at IS NULL) THEN
    INSERT INTO mandate_version (mandate_id, version, scopes, approval_required, starts_on, ends_on, offered_by_organisation_id, offered_by, offered_at)
      SELECT kept, 1 + coalesce(max(v.version), 0), found.scopes, found.approval_required, found.starts_on, found.ends_on, found.association_id, found.invited_by, at
      FROM mandate_version v WHERE v.mandate_id = kept;
  END IF;
  UPDATE mandate_invitation SET mandate_id = kept, claimed_at = at WHERE id = target;
  RETURN kept;
END $$;

DO $$ DECLARE f text;
BEGIN
  FOREACH f IN ARRAY ARRAY['my_address()', 'my_inviters()', 'mandate_members_at(uuid, text)', 'list_associations()', 'claim_mandate_invitation(uuid, uuid, uuid, timestamptz)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO caveat_app, caveat_worker', f);
  END LOOP;
END $$;

-- Lines name their mandate as the first line of a collective filing does.
DROP INDEX notice_event_mandate;
CREATE INDEX notice_event_mandate ON notice_event ((payload #>> '{mandate,id}'), at DESC, notice_id DESC, sequence DESC) WHERE payload ? 'mandate';
CREATE OR REPLACE FUNCTION mandate_acts(target uuid, before_at timestamptz, before_notice uuid, before_sequence integer, most integer)
RETURNS TABLE (notice_id uuid, reference text, vendor text, vendor_other text, sequence integer, type text, at timestamptz, version integer, person jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT n.id, n.reference, v.name, v.name_other, e.sequence, e.type, e.at, (e.payload #>> '{mandate,version}')::integer, p.facts
  FROM notice_event e JOIN notice n ON n.id = e.notice_id JOIN vendor v ON v.id = n.vendor_id
  LEFT JOIN event_person p ON p.notice_id = e.notice_id AND p.sequence = e.sequence
  WHERE e.payload ? 'mandate' AND e.payload #>> '{mandate,id}' = target::text
    AND EXISTS (SELECT FROM mandate m WHERE m.id = target AND m.member_id = n.holder_organisation_id AND m.member_id IN (SELECT my_organisations()))
    AND (before_at IS NULL OR (e.at, e.notice_id, e.sequence) < (before_at, before_notice, before_sequence))
  ORDER BY e.at DESC, e.notice_id DESC, e.sequence DESC LIMIT least(most, 500) $$;
