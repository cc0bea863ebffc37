-- The worker tells the owners of both sides when a mandate ends. It asks as nobody.
CREATE OR REPLACE FUNCTION mandate_owners(target uuid, side uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT p.person_id FROM mandate m JOIN membership p ON p.organisation_id = side AND p.role = 'owner'
      WHERE m.id = target AND side IN (m.association_id, m.member_id)
        AND (session_user = 'caveat_worker' OR m.association_id IN (SELECT my_organisations()) OR m.member_id IN (SELECT my_organisations())) $$;
