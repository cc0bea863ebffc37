-- Mail that comes back: its bytes, what became of it, the guesses for mail that names no notice, the conversation of a
-- notice, and the addresses that holders give when a vendor's contact does not work.

CREATE TABLE inbound_raw (
  sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bytea NOT NULL,
  received_at timestamptz(3) NOT NULL
);

-- One row per mail and recipient of ours. The address says which outgoing mail it answers: no foreign key, because a mail
-- whose seal is right is taken even when a restored database does not know it yet.
CREATE TABLE inbound_mail (
  id uuid PRIMARY KEY,
  sha256 text NOT NULL REFERENCES inbound_raw (sha256),
  size_bytes integer NOT NULL,
  received_at timestamptz(3) NOT NULL,
  envelope_from text NOT NULL,
  envelope_to text NOT NULL,
  remote_address text,
  helo text,
  secure boolean NOT NULL,
  route text NOT NULL CHECK (route IN ('reply', 'bounce', 'mailbox')),
  route_mail_id uuid,
  status text NOT NULL DEFAULT 'received' CHECK (status IN ('received', 'processed')),
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3) NOT NULL,
  last_error text,
  processed_at timestamptz(3),
  kind text CHECK (kind IN ('reply', 'bounce', 'delivered', 'delayed', 'auto', 'complaint', 'unknown')),
  place text CHECK (place IN ('notice', 'queue', 'dismissed', 'aside')),
  tags text[] NOT NULL DEFAULT '{}',
  notice_id uuid REFERENCES notice (id),
  mail_id uuid REFERENCES outgoing_mail (id),
  event_sequence integer,
  message_id text,
  body_sha256 text,
  subject text,
  from_address text,
  from_name text,
  authentication jsonb,
  link_ids uuid[] NOT NULL DEFAULT '{}',
  assigned_notice_id uuid REFERENCES notice (id),
  assigned_by uuid,
  assigned_at timestamptz(3),
  dismissed_by uuid,
  dismissed_at timestamptz(3),
  UNIQUE (sha256, envelope_to)
);
CREATE INDEX inbound_mail_due ON inbound_mail (next_attempt_at) WHERE status = 'received';
CREATE INDEX inbound_mail_queue ON inbound_mail (id DESC) WHERE place = 'queue';
CREATE INDEX inbound_mail_notice ON inbound_mail (notice_id, id);
CREATE INDEX inbound_mail_message ON inbound_mail (message_id);
CREATE INDEX inbound_mail_route ON inbound_mail (route, route_mail_id, received_at);

CREATE TABLE inbound_guess (
  inbound_id uuid NOT NULL REFERENCES inbound_mail (id) ON DELETE CASCADE,
  notice_id uuid NOT NULL REFERENCES notice (id),
  score integer NOT NULL CHECK (score BETWEEN 1 AND 100),
  reasons text[] NOT NULL,
  PRIMARY KEY (inbound_id, notice_id)
);

-- What the two sides wrote to each other about a notice, by mail or in the portal. Held: it was not passed on, and only the
-- side from which it came sees it.
CREATE TABLE notice_message (
  id uuid PRIMARY KEY,
  notice_id uuid NOT NULL REFERENCES notice (id),
  event_sequence integer,
  side text NOT NULL CHECK (side IN ('holder', 'vendor')),
  channel text NOT NULL CHECK (channel IN ('mail', 'portal')),
  inbound_id uuid UNIQUE REFERENCES inbound_mail (id),
  author_name text NOT NULL,
  author_address text NOT NULL,
  subject text NOT NULL,
  fresh text NOT NULL,
  quoted text NOT NULL,
  automatic boolean NOT NULL DEFAULT false,
  held text CHECK (held IN ('not-a-member')),
  sender text CHECK (sender IN ('confirmed', 'not-confirmed', 'not-checked')),
  at timestamptz(3) NOT NULL
);
CREATE INDEX notice_message_of ON notice_message (notice_id, id DESC);

CREATE TABLE message_attachment (
  message_id uuid NOT NULL REFERENCES notice_message (id),
  notice_id uuid NOT NULL REFERENCES notice (id),
  position integer NOT NULL,
  name text NOT NULL,
  media_type text NOT NULL,
  size_bytes integer NOT NULL,
  sha256 text NOT NULL,
  PRIMARY KEY (message_id, position)
);

-- An address that a holder gave when a contact did not work: used for its own notices alone until an operator verifies it.
CREATE TABLE contact_suggestion (
  id uuid PRIMARY KEY,
  vendor_id uuid NOT NULL REFERENCES vendor (id),
  organisation_id uuid NOT NULL REFERENCES organisation (id),
  address text NOT NULL,
  locale text NOT NULL CHECK (locale IN ('en', 'ja')),
  source text NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'declined')),
  given_by uuid NOT NULL,
  given_at timestamptz(3) NOT NULL,
  decided_by uuid,
  decided_at timestamptz(3),
  UNIQUE (organisation_id, vendor_id, address)
);
CREATE INDEX contact_suggestion_vendor ON contact_suggestion (vendor_id, id);

-- A stranger's mail is looked up by its sender.
CREATE INDEX notice_link_address ON notice_link (lower(address));

-- Since when the other side's server says that a mail is delayed: it may still arrive, so its status stays.
ALTER TABLE outgoing_mail ADD COLUMN delayed_at timestamptz(3);

-- A mail that came back can be sent again: it is then accepted anew.
CREATE OR REPLACE FUNCTION retry_mail(mail uuid, at timestamptz) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE subject uuid;
BEGIN
  SELECT notice_id INTO subject FROM outgoing_mail WHERE id = mail;
  IF NOT (is_operator() OR subject IS NOT NULL AND is_holder_of(subject) AND may_act_on(subject)) THEN RETURN false; END IF;
  UPDATE outgoing_mail SET status = 'queued', next_attempt_at = at, lease_until = NULL, failed_at = NULL, accepted_at = NULL, delivered_at = NULL, delayed_at = NULL
    WHERE id = mail AND status IN ('failed', 'bounced');
  RETURN FOUND;
END $$;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['inbound_raw', 'inbound_mail', 'inbound_guess', 'notice_message', 'message_attachment', 'contact_suggestion'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_all ON %I TO caveat_owner USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY worker_all ON %I TO caveat_worker USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO caveat_worker', t);
  END LOOP;
END $$;
GRANT UPDATE ON inbound_mail, contact_suggestion TO caveat_worker;
GRANT DELETE ON inbound_guess TO caveat_worker;

-- The holder reads what came for its notices, as it came. Operators see the queue through functions that leave the text out.
GRANT SELECT ON inbound_mail TO caveat_app;
CREATE POLICY read ON inbound_mail FOR SELECT TO caveat_app
  USING (notice_id IS NOT NULL AND is_holder_of(notice_id));
GRANT SELECT ON inbound_raw TO caveat_app;
CREATE POLICY read ON inbound_raw FOR SELECT TO caveat_app
  USING (EXISTS (SELECT FROM inbound_mail i WHERE i.sha256 = inbound_raw.sha256));

-- Both sides read the conversation, a held message only the side that wrote it.
GRANT SELECT ON notice_message TO caveat_app;
CREATE POLICY read ON notice_message FOR SELECT TO caveat_app
  USING (EXISTS (SELECT FROM notice n WHERE n.id = notice_id) AND (held IS NULL OR (side = 'holder') = is_holder_of(notice_id)));
GRANT INSERT ON notice_message TO caveat_app;
CREATE POLICY add ON notice_message FOR INSERT TO caveat_app
  WITH CHECK (side = 'holder' AND channel = 'portal' AND inbound_id IS NULL AND is_holder_of(notice_id) AND may_act_on(notice_id));
GRANT SELECT ON message_attachment TO caveat_app;
CREATE POLICY read ON message_attachment FOR SELECT TO caveat_app
  USING (EXISTS (SELECT FROM notice_message m WHERE m.id = message_id));

GRANT SELECT ON contact_suggestion TO caveat_app;
CREATE POLICY read ON contact_suggestion FOR SELECT TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations())) OR (SELECT is_operator()));
GRANT INSERT ON contact_suggestion TO caveat_app;
CREATE POLICY add ON contact_suggestion FOR INSERT TO caveat_app
  WITH CHECK (state = 'open' AND given_by = asking_person() AND organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))));
GRANT UPDATE ON contact_suggestion TO caveat_app;
CREATE POLICY change ON contact_suggestion FOR UPDATE TO caveat_app
  USING ((SELECT is_operator()))
  WITH CHECK ((SELECT is_operator()));

-- The mail that waits for an operator: who wrote, under which subject, and the guesses, each with the names of its notice's sides.
CREATE FUNCTION operator_inbound(before uuid, most integer)
RETURNS TABLE (id uuid, received_at timestamptz, kind text, route text, tags text[], subject text, from_address text, from_name text,
  envelope_to text, size_bytes integer, authentication jsonb, last_error text, guesses jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT i.id, i.received_at, i.kind, i.route, i.tags, i.subject, i.from_address, i.from_name, i.envelope_to, i.size_bytes,
    i.authentication, i.last_error, coalesce((
      SELECT jsonb_agg(jsonb_build_object('reference', n.reference, 'holder', o.name, 'vendor', v.name, 'score', g.score, 'reasons', g.reasons)
        ORDER BY g.score DESC, n.id DESC)
      FROM inbound_guess g JOIN notice n ON n.id = g.notice_id JOIN organisation o ON o.id = n.holder_organisation_id
      JOIN vendor v ON v.id = n.vendor_id WHERE g.inbound_id = i.id), '[]')
  FROM inbound_mail i
  WHERE is_operator() AND i.place = 'queue' AND (before IS NULL OR i.id < before) ORDER BY i.id DESC LIMIT least(most, 200) $$;

CREATE FUNCTION operator_inbound_count() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT count(*) FROM inbound_mail i WHERE is_operator() AND i.place = 'queue' $$;

-- Gives a waiting mail to a notice: the worker then takes it in as it does any other. Only a notice that was sent has a conversation.
CREATE FUNCTION assign_inbound(wanted uuid, to_reference text, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE target uuid;
BEGIN
  IF NOT is_operator() THEN RETURN 'not-operator'; END IF;
  SELECT n.id INTO target FROM notice n WHERE n.reference = to_reference AND n.begun_at IS NOT NULL;
  IF target IS NULL THEN RETURN 'no-notice'; END IF;
  UPDATE inbound_mail SET assigned_notice_id = target, assigned_by = asking_person(), assigned_at = at,
      place = NULL, status = 'received', attempts = 0, next_attempt_at = at
    WHERE id = wanted AND place = 'queue';
  RETURN CASE WHEN FOUND THEN 'assigned' ELSE 'not-waiting' END;
END $$;

CREATE FUNCTION dismiss_inbound(wanted uuid, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT is_operator() THEN RETURN 'not-operator'; END IF;
  UPDATE inbound_mail SET place = 'dismissed', dismissed_by = asking_person(), dismissed_at = at WHERE id = wanted AND place = 'queue';
  RETURN CASE WHEN FOUND THEN 'dismissed' ELSE 'not-waiting' END;
END $$;

REVOKE ALL ON FUNCTION operator_inbound(uuid, integer), operator_inbound_count(), assign_inbound(uuid, text, timestamptz), dismiss_inbound(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION operator_inbound(uuid, integer), operator_inbound_count(), assign_inbound(uuid, text, timestamptz), dismiss_inbound(uuid, timestamptz) TO caveat_app;
