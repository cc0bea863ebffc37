-- After a restore no mail leaves before an operator releases it: what waited when the backup was taken may have been sent
-- since, by the portal that was lost.
CREATE TABLE outbox_hold (
  id uuid PRIMARY KEY,
  backup_made_at timestamptz(3) NOT NULL,
  restored_at timestamptz(3) NOT NULL,
  released_at timestamptz(3),
  -- null where it was released on the command line
  released_by uuid REFERENCES person (id)
);
CREATE INDEX outbox_hold_open ON outbox_hold (restored_at) WHERE released_at IS NULL;
ALTER TABLE outbox_hold ENABLE ROW LEVEL SECURITY;
ALTER TABLE outbox_hold FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON outbox_hold TO caveat_owner USING (true) WITH CHECK (true);
CREATE POLICY worker_all ON outbox_hold TO caveat_worker USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE ON outbox_hold TO caveat_worker;
GRANT SELECT ON outbox_hold TO caveat_app;
CREATE POLICY read ON outbox_hold FOR SELECT TO caveat_app USING ((SELECT is_operator()));

-- What waits under a hold and is older than its backup: mails, and duties that are no mails yet. For the operator.
CREATE FUNCTION held_mails(most integer)
RETURNS TABLE (id uuid, is_mail boolean, kind text, to_address text, status text, created_at timestamptz, reference text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT w.id, w.is_mail, w.kind, w.to_address, w.status, w.created_at, n.reference
  FROM (SELECT m.id, true AS is_mail, m.kind, m.to_address, m.status, m.created_at, m.notice_id FROM outgoing_mail m
          WHERE m.status IN ('queued', 'deferred', 'sending') AND m.accepted_at IS NULL
        UNION ALL SELECT d.id, false, d.kind, d.address, 'owed', d.created_at, d.notice_id FROM mail_duty d
          WHERE d.resolved_at IS NULL AND d.cancelled_at IS NULL) w
  LEFT JOIN notice n ON n.id = w.notice_id
  WHERE (is_operator() OR session_user = 'caveat_worker')
    AND w.created_at <= (SELECT max(h.backup_made_at) FROM outbox_hold h WHERE h.released_at IS NULL)
  ORDER BY w.created_at, w.id LIMIT least(most, 1000) $$;

-- Lets mails go again. Those that are named here do not: a mail becomes a failed one, which can be tried again by itself,
-- a duty is cancelled.
CREATE FUNCTION release_outbox(held_back uuid[], at timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT (is_operator() OR session_user = 'caveat_worker') THEN RETURN false; END IF;
  UPDATE outbox_hold SET released_at = at, released_by = asking_person() WHERE released_at IS NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE outgoing_mail SET status = 'failed', failed_at = at, lease_until = NULL, last_response = 'Held back by the operator after a restore.'
    WHERE id = ANY (held_back) AND status IN ('queued', 'deferred', 'sending') AND accepted_at IS NULL;
  UPDATE mail_duty SET cancelled_at = at WHERE id = ANY (held_back) AND resolved_at IS NULL AND cancelled_at IS NULL;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION held_mails(integer), release_outbox(uuid[], timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION held_mails(integer), release_outbox(uuid[], timestamptz) TO caveat_app, caveat_worker;
