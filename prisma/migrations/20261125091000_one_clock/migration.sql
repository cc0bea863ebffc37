-- One clock: what a link, a grant or a policy asks of the time is judged by the portal's clock, as everything else is.
-- The doors of the application set it for each transaction. Whoever comes without one is judged by the database's.
CREATE FUNCTION portal_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, public
AS $$ SELECT coalesce(nullif(current_setting('caveat.now', true), '')::timestamptz, now()) $$;
REVOKE ALL ON FUNCTION portal_now() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_now() TO caveat_app, caveat_worker;

-- Every function and policy that asked the database's own clock asks the portal's, and is else what it was.
DO $$
DECLARE asking regprocedure;
  rule record;
BEGIN
  FOR asking IN
    SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.prokind = 'f' AND p.proname <> 'portal_now' AND p.prosrc ~ '\mnow\(\)'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  LOOP
    EXECUTE regexp_replace(pg_get_functiondef(asking), '\mnow\(\)', 'portal_now()', 'g');
  END LOOP;
  FOR rule IN
    SELECT tablename, policyname, regexp_replace(qual, '\mnow\(\)', 'portal_now()', 'g') AS reads,
      regexp_replace(with_check, '\mnow\(\)', 'portal_now()', 'g') AS writes
    FROM pg_policies WHERE schemaname = 'public' AND coalesce(qual, '') || coalesce(with_check, '') ~ '\mnow\(\)'
  LOOP
    EXECUTE format('ALTER POLICY %I ON %I', rule.policyname, rule.tablename)
      || coalesce(' USING (' || rule.reads || ')', '') || coalesce(' WITH CHECK (' || rule.writes || ')', '');
  END LOOP;
END $$;

-- When the last line of a notice's ledger was written, also one that the asker does not see: the next is not earlier, even after a
-- clock was set back.
CREATE FUNCTION last_line_at(target uuid) RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT e.at FROM notice n JOIN notice_event e ON e.notice_id = n.id AND e.sequence = n.last_sequence WHERE n.id = target $$;
REVOKE ALL ON FUNCTION last_line_at(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION last_line_at(uuid) TO caveat_app, caveat_worker;
