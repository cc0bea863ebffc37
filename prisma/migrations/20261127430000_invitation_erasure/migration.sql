-- An erased person's address stood on in invitations to mandates and in the lists of them, and their own views of notices stayed. And the
-- bytes of a mail that serves many notices at once went with its reader, though they are the record of those notices.
CREATE OR REPLACE FUNCTION erase_person(who uuid, at timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  gone person;
  tomb text := erased_address(who);
  pattern text;
BEGIN
  SELECT * INTO gone FROM person p WHERE p.id = who FOR UPDATE;
  IF gone.id IS NULL OR gone.erased_at IS NOT NULL THEN RETURN false; END IF;
  pattern := regexp_replace(gone.email, '([^a-z0-9@_-])', '\\\1', 'g');
  IF EXISTS (SELECT FROM membership m WHERE m.person_id = who) THEN
    RAISE EXCEPTION 'Person % still belongs to an organisation.', who USING ERRCODE = 'restrict_violation';
  END IF;

  -- The ledger: the facts beside the chain, with whatever was written freely there.
  UPDATE event_person p SET facts = NULL, erased_at = at
    WHERE p.facts IS NOT NULL AND EXISTS (SELECT FROM jsonb_each_text(p.facts) f WHERE lower(f.value) = gone.email);
  UPDATE audit_origin o SET network_address = NULL, browser = NULL, erased_at = at WHERE o.person_id = who AND o.erased_at IS NULL;
  UPDATE evidence_access a SET network_address = NULL, user_agent = NULL WHERE a.person_id = who;

  -- Mails to the person. Those about a notice keep their bytes, as its record. Those about the account lose them.
  DELETE FROM mail_raw r USING outgoing_mail m JOIN mail_duty d ON d.id = m.duty_id
    WHERE m.id = r.mail_id AND m.notice_id IS NULL AND d.filing_id IS NULL AND (m.to_address = gone.email OR m.person_id = who);
  UPDATE mail_attempt a SET response = regexp_replace(a.response, pattern, tomb, 'gi')
    WHERE position(gone.email IN lower(a.response)) > 0;
  UPDATE outgoing_mail m SET to_address = tomb,
      status = CASE WHEN m.status IN ('queued', 'deferred', 'sending') AND m.accepted_at IS NULL THEN 'cancelled' ELSE m.status END
    WHERE m.contact_id IS NULL AND (m.to_address = gone.email OR m.person_id = who);
  UPDATE outgoing_mail m SET last_response = regexp_replace(m.last_response, pattern, tomb, 'gi')
    WHERE position(gone.email IN lower(m.last_response)) > 0;
  -- What a mail about an account was to say names its reader, and in an invitation the one who invites.
  UPDATE mail_duty d SET facts = NULL, address = CASE WHEN d.address = gone.email THEN tomb ELSE d.address END,
      cancelled_at = CASE WHEN d.resolved_at IS NULL THEN coalesce(d.cancelled_at, at) ELSE d.cancelled_at END
    WHERE d.notice_id IS NULL AND (d.address = gone.email OR d.person_id = who
      OR EXISTS (SELECT FROM jsonb_each_text(CASE jsonb_typeof(d.facts) WHEN 'object' THEN d.facts ELSE '{}' END) f
        WHERE lower(f.value) = gone.email OR d.kind = 'invitation' AND f.key = 'inviter' AND f.value = gone.name));
  UPDATE outgoing_mail m SET status = 'cancelled' FROM mail_duty d
    WHERE d.id = m.duty_id AND d.notice_id IS NULL AND d.gathers_on IS NULL AND d.facts IS NULL AND m.raw_sha256 IS NULL
      AND m.status IN ('queued', 'deferred');
  UPDATE mail_duty d SET address = tomb WHERE d.notice_id IS NOT NULL AND d.address = gone.email
    AND NOT EXISTS (SELECT FROM outgoing_mail m WHERE m.duty_id = d.id AND m.contact_id IS NOT NULL);

  -- Mails from the person: the envelope goes, the words in a notice's conversation stay.
  UPDATE inbound_mail i SET from_address = CASE WHEN lower(i.from_address) = gone.email THEN tomb ELSE i.from_address END, from_name = NULL,
      envelope_from = CASE WHEN lower(i.envelope_from) = gone.email THEN tomb ELSE i.envelope_from END,
      authentication = regexp_replace(i.authentication::text, pattern, tomb, 'gi')::jsonb
    WHERE lower(i.from_address) = gone.email OR lower(i.envelope_from) = gone.email;
  UPDATE notice_message m SET author_name = '', author_address = tomb WHERE lower(m.author_address) = gone.email;

  -- What was typed and never sent, chosen or asked for.
  DELETE FROM kept_choices k WHERE k.kept_by = who;
  DELETE FROM mail_choice c WHERE c.person_id = who;
  DELETE FROM mail_refusal r WHERE r.address = gone.email;
  UPDATE filing_draft d SET content = d.content || '{"signature": null}'
    WHERE d.content -> 'signature' ->> 'name' IN (gone.name, gone.name_other) AND (d.created_by = who OR d.updated_by = who);
  UPDATE invitation i SET email = tomb, revoked_at = CASE WHEN i.accepted_at IS NULL THEN coalesce(i.revoked_at, at) ELSE i.revoked_at END
    WHERE i.email = gone.email;
  UPDATE mandate_invitation i SET email = tomb, revoked_at = CASE WHEN i.claimed_at IS NULL THEN coalesce(i.revoked_at, at) ELSE i.revoked_at END
    WHERE i.email = gone.email;
  UPDATE mandate_batch b SET results = (
      SELECT jsonb_agg(CASE WHEN lower(r.value ->> 'email') = gone.email THEN r.value || jsonb_build_object('email', tomb) ELSE r.value END ORDER BY r.number)
      FROM jsonb_array_elements(b.results) WITH ORDINALITY r (value, number))
    WHERE EXISTS (SELECT FROM jsonb_array_elements(b.results) r WHERE lower(r ->> 'email') = gone.email);
  DELETE FROM saved_view v WHERE v.saved_by = who AND NOT v.shared;
  UPDATE job j SET last_error = regexp_replace(j.last_error, pattern, tomb, 'gi') WHERE position(gone.email IN lower(j.last_error)) > 0;

  UPDATE person p SET name = 'Erased person', name_other = '消去済みの方', email = tomb, locale = 'en', time_zone = 'UTC', theme = NULL, erased_at = at
    WHERE p.id = who;
  RETURN true;
END $$;
