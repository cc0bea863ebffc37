-- An association changes its invitations as rows, while nobody has claimed them. Only the definer function claims.
GRANT UPDATE ON mandate_invitation TO caveat_app;
DROP POLICY change ON mandate_invitation;
CREATE POLICY change ON mandate_invitation FOR UPDATE TO caveat_app
  USING (association_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))) AND claimed_at IS NULL)
  WITH CHECK (association_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))) AND is_verified(association_id) AND claimed_at IS NULL AND mandate_id IS NULL);
