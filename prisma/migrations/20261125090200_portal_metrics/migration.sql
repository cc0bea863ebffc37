-- What an operator sees on a page is what /metrics tells, and the last day of mails beside it.
-- Rows lie by the time they were made, so a few blocks of them are all that is read of a day.
CREATE INDEX outgoing_mail_made ON outgoing_mail USING brin (created_at) WITH (pages_per_range = 32);

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
  UNION ALL SELECT 'caveat_heartbeat_age_seconds', h.name, extract(epoch FROM at - h.at)::float FROM heartbeat h $$;

-- How many mails were made in each of the last 24 hours, by their state now: 0 is the hour that runs. For operators.
CREATE FUNCTION mails_by_hour(at timestamptz) RETURNS TABLE (hour integer, status text, mails integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT floor(extract(epoch FROM at - m.created_at) / 3600)::integer, m.status, count(*)::integer FROM outgoing_mail m
  WHERE is_operator() AND m.created_at > at - interval '24 hours' AND m.created_at <= at GROUP BY 1, 2 $$;
REVOKE ALL ON FUNCTION mails_by_hour(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mails_by_hour(timestamptz) TO caveat_app;
