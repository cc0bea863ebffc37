-- What one side does to a mandate stands in the record of both. In the other side's it is done by the partner: the person is not
-- theirs to know.
ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_actor_check;
ALTER TABLE audit_entry ADD CONSTRAINT audit_entry_actor_check CHECK (actor IN ('member', 'operator', 'portal', 'partner'));
ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_check;
ALTER TABLE audit_entry ADD CONSTRAINT audit_entry_check CHECK ((actor IN ('portal', 'partner')) = (person_id IS NULL));

-- Writes an act on a mandate into the record of its other side, for an owner of one side.
CREATE FUNCTION audit_for_partner(entry uuid, mandate_id uuid, partner uuid, happened_at timestamptz, act text, act_facts jsonb)
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF act !~ '^mandate-[a-z]+$' OR NOT EXISTS (
    SELECT FROM mandate m WHERE m.id = audit_for_partner.mandate_id AND (
      m.association_id = partner AND m.member_id IN (SELECT my_organisations_as('{owner}'))
      OR m.member_id = partner AND m.association_id IN (SELECT my_organisations_as('{owner}')))) THEN
    RAISE EXCEPTION 'Only an owner of one side tells the other side of an act on their mandate.' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO audit_entry (id, organisation_id, at, kind, actor, facts) VALUES (entry, partner, happened_at, act, 'partner', act_facts);
END $$;
REVOKE ALL ON FUNCTION audit_for_partner(uuid, uuid, uuid, timestamptz, text, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_for_partner(uuid, uuid, uuid, timestamptz, text, jsonb) TO caveat_app;
