-- Joining an organisation by invitation: whoever holds the token is no member yet, so row security shows them nothing.
-- Both functions know an invitation by the hash of its token alone.
CREATE FUNCTION invitation_under(hash text)
RETURNS TABLE (organisation_id uuid, organisation text, organisation_other text, time_zone text, locale text,
  inviter text, inviter_role text, email text, role text, expires_at timestamptz, accepted_at timestamptz, revoked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT o.id, o.name, o.name_other, o.time_zone, o.locale, p.name, m.role, i.email, i.role, i.expires_at, i.accepted_at, i.revoked_at
  FROM invitation i JOIN organisation o ON o.id = i.organisation_id JOIN person p ON p.id = i.invited_by
  LEFT JOIN membership m ON m.organisation_id = i.organisation_id AND m.person_id = i.invited_by
  WHERE i.token_hash = hash $$;

-- Makes the asker a member, once: the row lock lets one of many through, and the inviter must be an owner at this moment.
CREATE FUNCTION accept_invitation(hash text, new_membership uuid, at timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  asker person;
  found_one invitation;
BEGIN
  SELECT * INTO asker FROM person p WHERE p.id = asking_person();
  SELECT * INTO found_one FROM invitation i WHERE i.token_hash = hash FOR UPDATE;
  IF asker.id IS NULL OR found_one.id IS NULL OR found_one.accepted_at IS NOT NULL OR found_one.revoked_at IS NOT NULL
     OR found_one.expires_at <= at OR found_one.email IS DISTINCT FROM asker.email THEN RETURN false; END IF;
  PERFORM FROM membership m WHERE m.organisation_id = found_one.organisation_id AND m.person_id = found_one.invited_by
    AND m.role = 'owner' FOR SHARE;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO membership (id, person_id, organisation_id, role, created_at)
    VALUES (new_membership, asker.id, found_one.organisation_id, found_one.role, at)
    ON CONFLICT (person_id, organisation_id) DO NOTHING;
  UPDATE invitation SET accepted_at = at, accepted_by = asker.id WHERE id = found_one.id;
  RETURN true;
END $$;

REVOKE ALL ON FUNCTION invitation_under(text) FROM PUBLIC;
REVOKE ALL ON FUNCTION accept_invitation(text, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION invitation_under(text) TO caveat_app;
GRANT EXECUTE ON FUNCTION accept_invitation(text, uuid, timestamptz) TO caveat_app;
