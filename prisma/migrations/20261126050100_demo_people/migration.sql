-- Each process of a production asks this when it starts, also one that is started by itself: everybody knows the password of the demo.
CREATE FUNCTION holds_demo_people() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT EXISTS (SELECT FROM person p WHERE p.is_demo) $$;
REVOKE ALL ON FUNCTION holds_demo_people() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION holds_demo_people() TO caveat_app, caveat_worker;
