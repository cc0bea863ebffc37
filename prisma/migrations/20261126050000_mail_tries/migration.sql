-- When the present attempts at a mail began. It is given up five days after that, and not after it was made: a mail that
-- lay while the portal stood still, or that somebody sends once more, has its five days as well.
ALTER TABLE outgoing_mail ADD COLUMN tried_since timestamptz(3);
UPDATE outgoing_mail SET tried_since = created_at WHERE attempts > 0 AND accepted_at IS NULL AND status IN ('queued', 'deferred', 'sending');

CREATE OR REPLACE FUNCTION retry_mail(mail uuid, at timestamptz) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE subject uuid;
BEGIN
  SELECT notice_id INTO subject FROM outgoing_mail WHERE id = mail;
  IF NOT (is_operator() OR subject IS NOT NULL AND is_holder_of(subject) AND may_act_on(subject)) THEN RETURN false; END IF;
  UPDATE outgoing_mail SET status = 'queued', next_attempt_at = at, lease_until = NULL, failed_at = NULL, accepted_at = NULL, delivered_at = NULL, delayed_at = NULL,
      tried_since = NULL
    WHERE id = mail AND status IN ('failed', 'bounced');
  RETURN FOUND;
END $$;

-- What waited for the release is tried from then on.
CREATE OR REPLACE FUNCTION release_outbox(held_back uuid[], at timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT (is_operator() OR session_user = 'caveat_worker') THEN RETURN false; END IF;
  UPDATE outbox_hold SET released_at = at, released_by = asking_person() WHERE released_at IS NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE outgoing_mail SET status = 'failed', failed_at = at, lease_until = NULL, last_response = 'Held back by the operator after a restore.'
    WHERE id = ANY (held_back) AND status IN ('queued', 'deferred', 'sending') AND accepted_at IS NULL;
  UPDATE outgoing_mail SET tried_since = NULL WHERE status IN ('queued', 'deferred', 'sending') AND accepted_at IS NULL AND tried_since IS NOT NULL;
  UPDATE mail_duty SET cancelled_at = at WHERE id = ANY (held_back) AND resolved_at IS NULL AND cancelled_at IS NULL;
  RETURN true;
END $$;

-- The sweep looks every few seconds for notices whose mails went without their being told. They are few, and were found among all.
CREATE INDEX notice_unserved ON notice (begun_at) WHERE begun_at IS NOT NULL AND served_at IS NULL AND stage NOT IN ('draft', 'withdrawn', 'superseded');
