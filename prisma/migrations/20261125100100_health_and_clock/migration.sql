-- The age of a heartbeat is counted from the instant that was asked about: inside the function its name is also a column of the table.
CREATE OR REPLACE FUNCTION portal_health(at timestamptz) RETURNS TABLE (name text, label text, value double precision)
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
  UNION ALL SELECT 'caveat_clocks_due', NULL, count(*)::float FROM clock WHERE look_at <= at
  UNION ALL SELECT 'caveat_clock_oldest_seconds', NULL, coalesce(extract(epoch FROM at - min(look_at)), 0)::float FROM clock WHERE look_at <= at
  UNION ALL SELECT 'caveat_ledger_check_age_seconds', NULL, extract(epoch FROM at - s.ran_at)::float FROM alarm_sweep s WHERE s.name = 'portal'
  UNION ALL SELECT 'caveat_mails_held', NULL, count(*)::float FROM outbox_hold WHERE released_at IS NULL
  UNION ALL SELECT 'caveat_heartbeat_age_seconds', h.name, extract(epoch FROM portal_health.at - h.at)::float FROM heartbeat h $$;

-- Asked for each row that a policy judges: without a setting of its own it is written into the query that asks, and costs nothing.
CREATE OR REPLACE FUNCTION portal_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT coalesce(nullif(pg_catalog.current_setting('caveat.now', true), '')::pg_catalog.timestamptz, pg_catalog.now()) $$;
ALTER FUNCTION portal_now() RESET search_path;
