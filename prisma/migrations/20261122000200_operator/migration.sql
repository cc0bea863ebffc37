-- What the directory and the operator's queues need beyond row-level security.

-- Who has claimed an entry of the directory. An organisation is else seen by its members and those it dealt with alone;
-- that it claims a vendor, and how it proved itself, is public.
CREATE FUNCTION vendor_claims(wanted uuid[])
RETURNS TABLE (vendor_id uuid, organisation text, organisation_other text, verified_at timestamptz, verified_how text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT v.id, o.name, o.name_other, o.verified_at, o.verified_how
  FROM vendor v JOIN organisation o ON o.id = v.organisation_id WHERE v.id = ANY (wanted) $$;

-- The references of the notices that mails belong to: an operator may know these, not what the notices say.
CREATE FUNCTION operator_notice_references(wanted uuid[])
RETURNS TABLE (id uuid, reference text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT n.id, n.reference FROM notice n WHERE is_operator() AND n.id = ANY (wanted) $$;

-- How many open notices wait at each vendor: when a contact is retired, the operator sees what it stops.
CREATE FUNCTION operator_blocked_notices(wanted uuid)
RETURNS TABLE (contact_id uuid, count bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT n.contact_id, count(*) FROM notice n
  WHERE is_operator() AND n.vendor_id = wanted AND n.contact_id IS NOT NULL
    AND n.stage IN ('queued', 'sent', 'delivered', 'acknowledged', 'in_review', 'clarification_needed')
  GROUP BY n.contact_id $$;

-- Queues a failed job once more, with the import that it does: an operator may not touch catalogues otherwise.
CREATE FUNCTION retry_job(wanted uuid, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE found job;
BEGIN
  IF NOT is_operator() THEN RETURN false; END IF;
  UPDATE job SET status = 'queued', run_at = at, lease_until = NULL, finished_at = NULL
    WHERE id = wanted AND status = 'failed' RETURNING * INTO found;
  IF found.id IS NULL THEN RETURN false; END IF;
  IF found.kind = 'import' THEN
    UPDATE catalogue_import SET status = 'queued', failure = NULL, finished_at = NULL
      WHERE id = found.subject_id AND status IN ('running', 'failed');
  END IF;
  RETURN true;
END $$;

REVOKE ALL ON FUNCTION vendor_claims(uuid[]), operator_notice_references(uuid[]), operator_blocked_notices(uuid), retry_job(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vendor_claims(uuid[]), operator_notice_references(uuid[]), operator_blocked_notices(uuid), retry_job(uuid, timestamptz) TO caveat_app, caveat_worker;
