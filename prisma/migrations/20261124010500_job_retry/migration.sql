-- Trying a failed job again puts back what it works on: most jobs leave alone what has already failed. A file of answers is
-- read anew, also when recording it failed: its rows were forgotten then, and its sender records them once more.
CREATE OR REPLACE FUNCTION retry_job(wanted uuid, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE found job;
BEGIN
  IF NOT is_operator() THEN RETURN false; END IF;
  UPDATE job SET status = 'queued', run_at = at, lease_until = NULL, finished_at = NULL,
      kind = CASE kind WHEN 'record-answers' THEN 'check-answers' ELSE kind END
    WHERE id = wanted AND status = 'failed' RETURNING * INTO found;
  IF found.id IS NULL THEN RETURN false; END IF;
  CASE found.kind
    WHEN 'import' THEN
      UPDATE catalogue_import SET status = 'queued', failure = NULL, finished_at = NULL
        WHERE id = found.subject_id AND status IN ('running', 'failed');
    WHEN 'preview-import' THEN
      UPDATE catalogue_import SET status = 'mapping', failure = NULL, finished_at = NULL
        WHERE id = found.subject_id AND status = 'failed';
    WHEN 'check-answers' THEN
      UPDATE answer_sheet SET status = 'reading', failure = NULL, finished_at = NULL
        WHERE id = found.subject_id AND status IN ('failed', 'recording');
    WHEN 'export' THEN
      -- Unless another was ordered meanwhile: then that one is the export.
      UPDATE data_export e SET status = 'queued', finished_at = NULL
        WHERE e.id = found.subject_id AND e.status = 'failed' AND NOT EXISTS (SELECT FROM data_export o
          WHERE o.status IN ('queued', 'running') AND (o.organisation_id = e.organisation_id OR e.organisation_id IS NULL AND o.organisation_id IS NULL AND o.requested_by = e.requested_by));
    ELSE
      -- What the others work on has no state of failure of its own.
      NULL;
  END CASE;
  RETURN true;
END $$;

-- What a portal owes its operator to see: how long things wait, and how many have failed.
CREATE FUNCTION portal_health(at timestamptz) RETURNS TABLE (name text, label text, value double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT 'caveat_mail_duties_waiting', NULL, count(*)::float FROM mail_duty WHERE resolved_at IS NULL AND cancelled_at IS NULL AND not_before <= at
  UNION ALL SELECT 'caveat_mail_duty_oldest_seconds', NULL, coalesce(extract(epoch FROM at - min(not_before)), 0)::float FROM mail_duty
    WHERE resolved_at IS NULL AND cancelled_at IS NULL AND not_before <= at
  UNION ALL SELECT 'caveat_mails_due', NULL, count(*)::float FROM outgoing_mail WHERE status IN ('queued', 'deferred') AND next_attempt_at <= at
  UNION ALL SELECT 'caveat_mail_oldest_seconds', NULL, coalesce(extract(epoch FROM at - min(next_attempt_at)), 0)::float FROM outgoing_mail
    WHERE status IN ('queued', 'deferred') AND next_attempt_at <= at
  UNION ALL SELECT 'caveat_mails_last_hour', s.status, (SELECT count(*) FROM outgoing_mail m WHERE m.status = s.status AND m.created_at > at - interval '1 hour')::float
    FROM unnest(ARRAY['queued', 'sending', 'accepted', 'deferred', 'delivered', 'bounced', 'failed', 'cancelled']) AS s (status)
  UNION ALL SELECT 'caveat_jobs', s.status, (SELECT count(*) FROM job j WHERE j.status = s.status)::float FROM unnest(ARRAY['queued', 'running', 'failed']) AS s (status)
  UNION ALL SELECT 'caveat_job_oldest_seconds', NULL, coalesce(extract(epoch FROM at - min(run_at)), 0)::float FROM job WHERE status = 'queued' AND run_at <= at
  UNION ALL SELECT 'caveat_mails_held', NULL, count(*)::float FROM outbox_hold WHERE released_at IS NULL
  UNION ALL SELECT 'caveat_heartbeat_age_seconds', h.name, extract(epoch FROM at - h.at)::float FROM heartbeat h $$;
REVOKE ALL ON FUNCTION portal_health(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_health(timestamptz) TO caveat_app, caveat_worker;
