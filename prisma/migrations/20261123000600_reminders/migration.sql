-- When a clock is to be looked at again: its next reminder, or its date. Null while it is paused, met, or has nothing more to say.
ALTER TABLE clock ADD COLUMN look_at timestamptz(3);
CREATE INDEX clock_look ON clock (look_at) WHERE look_at IS NOT NULL;
UPDATE clock SET look_at = due_at WHERE met_at IS NULL AND kind <> 'challenge';

-- The last reminder went unanswered: follows from the ledger, and ends with the first answer.
ALTER TABLE notice ADD COLUMN unresponsive_at timestamptz(3);
CREATE INDEX notice_unresponsive ON notice (holder_organisation_id, vendor_id) WHERE unresponsive_at IS NOT NULL;

-- Duties that gather: one mail a day for all that a vendor, an organisation or a person is to hear. Its lines are added until it goes out.
ALTER TABLE mail_duty ADD COLUMN vendor_id uuid REFERENCES vendor;
ALTER TABLE mail_duty ADD COLUMN gathers_on date;
CREATE UNIQUE INDEX mail_duty_gathers ON mail_duty (kind, coalesce(vendor_id, organisation_id, person_id), gathers_on) WHERE gathers_on IS NOT NULL;

CREATE TABLE mail_line (
  duty_id uuid NOT NULL REFERENCES mail_duty,
  notice_id uuid NOT NULL REFERENCES notice,
  event_sequence integer NOT NULL,
  kind text NOT NULL,
  PRIMARY KEY (duty_id, notice_id, event_sequence, kind)
);
CREATE INDEX mail_line_notice ON mail_line (notice_id);

-- How a person wants to hear of an event; what is not listed comes at once.
CREATE TABLE mail_choice (
  person_id uuid NOT NULL REFERENCES person,
  topic text NOT NULL,
  choice text NOT NULL CHECK (choice IN ('at_once', 'daily', 'weekly', 'never')),
  chosen_at timestamptz(3) NOT NULL,
  PRIMARY KEY (person_id, topic)
);

-- Addresses without an account that no longer want a summary. Legal service does not ask here.
CREATE TABLE mail_refusal (
  address text NOT NULL,
  topic text NOT NULL,
  refused_at timestamptz(3) NOT NULL,
  PRIMARY KEY (address, topic)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['mail_line', 'mail_choice', 'mail_refusal'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_all ON %I TO caveat_owner USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY worker_all ON %I TO caveat_worker USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO caveat_worker', t);
  END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE, DELETE ON mail_choice TO caveat_app;
CREATE POLICY read ON mail_choice FOR SELECT TO caveat_app USING (person_id = asking_person());
CREATE POLICY add ON mail_choice FOR INSERT TO caveat_app WITH CHECK (person_id = asking_person());
CREATE POLICY change ON mail_choice FOR UPDATE TO caveat_app USING (person_id = asking_person()) WITH CHECK (person_id = asking_person());
CREATE POLICY remove ON mail_choice FOR DELETE TO caveat_app USING (person_id = asking_person());

-- For whoever holds the sealed address of a mail: the seal is checked before, and nobody reads the list.
CREATE FUNCTION set_mail_refusal(of_address text, of_topic text, refused boolean, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF refused THEN
    INSERT INTO mail_refusal (address, topic, refused_at) VALUES (of_address, of_topic, at) ON CONFLICT DO NOTHING;
  ELSE
    DELETE FROM mail_refusal WHERE address = of_address AND topic = of_topic;
  END IF;
END $$;
REVOKE ALL ON FUNCTION set_mail_refusal(text, text, boolean, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION set_mail_refusal(text, text, boolean, timestamptz) TO caveat_app, caveat_worker;
