-- What the worker finds wrong with the portal itself, for its operators: one row from when it began until it ended.
CREATE TABLE portal_alarm (
  id uuid PRIMARY KEY,
  condition text NOT NULL CHECK (condition IN ('mail_waits', 'mail_held', 'jobs_failed', 'ledger_broken', 'process_silent')),
  -- which process is silent, else empty
  subject text NOT NULL DEFAULT '',
  -- minutes, jobs or notices, as last seen
  amount integer NOT NULL,
  -- the notices whose ledgers do not hold
  notices uuid[] NOT NULL DEFAULT '{}',
  began_at timestamptz(3) NOT NULL,
  seen_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  mailed_at timestamptz(3)
);
CREATE UNIQUE INDEX portal_alarm_open ON portal_alarm (condition, subject) WHERE ended_at IS NULL;
CREATE INDEX portal_alarm_mailed ON portal_alarm (condition, subject, mailed_at) WHERE mailed_at IS NOT NULL;

-- How far the sweep has come. Its row is also what two workers ask for at once: the later one of the same instant does nothing.
CREATE TABLE alarm_sweep (
  name text PRIMARY KEY CHECK (name = 'portal'),
  ran_at timestamptz(3) NOT NULL,
  -- the last notice whose ledger was verified, null at the start of a round
  ledger_after uuid
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['portal_alarm', 'alarm_sweep'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_all ON %I TO caveat_owner USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY worker_all ON %I TO caveat_worker USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO caveat_worker', t);
  END LOOP;
END $$;
GRANT SELECT ON portal_alarm TO caveat_app;
CREATE POLICY read ON portal_alarm FOR SELECT TO caveat_app USING ((SELECT is_operator()));

CREATE INDEX job_failed_at ON job (finished_at) WHERE status = 'failed';

-- The other processes say that they are there. They may set these two and no other, the worker's least of all.
CREATE FUNCTION set_heartbeat(process text, at timestamptz) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO heartbeat (name, at) SELECT process, set_heartbeat.at WHERE process IN ('web', 'mail')
  ON CONFLICT (name) DO UPDATE SET at = excluded.at $$;
REVOKE ALL ON FUNCTION set_heartbeat(text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION set_heartbeat(text, timestamptz) TO caveat_app, caveat_worker;

-- The age of a heartbeat was always 0: inside the function, its argument was taken for the column of the same name.
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
  UNION ALL SELECT 'caveat_mails_held', NULL, count(*)::float FROM outbox_hold WHERE released_at IS NULL
  UNION ALL SELECT 'caveat_heartbeat_age_seconds', h.name, extract(epoch FROM portal_health.at - h.at)::float FROM heartbeat h $$;
