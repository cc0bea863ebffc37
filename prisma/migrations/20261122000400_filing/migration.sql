-- Whether an organisation is verified, without its row: the policy of `organisation` looks into `notice`, so a policy of
-- `notice` that looked into `organisation` would go round in a circle, and PostgreSQL refuses to plan it.
CREATE FUNCTION is_verified(target uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT EXISTS (SELECT FROM organisation o WHERE o.id = target AND o.verified_at IS NOT NULL) $$;
REVOKE ALL ON FUNCTION is_verified(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_verified(uuid) TO caveat_app, caveat_worker;

DROP POLICY add ON notice;
CREATE POLICY add ON notice FOR INSERT TO caveat_app
  WITH CHECK (filed_by_organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) AND holder_organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) AND is_verified(holder_organisation_id));
