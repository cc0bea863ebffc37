-- What a mandate lets do beyond seeing notices: read the catalogues that it covers, and act on the member's own notices.

-- The catalogues of the asker's organisations, and those from which an association of the asker may file. Reading only: who writes
-- is asked by each policy.
CREATE OR REPLACE FUNCTION my_catalogues() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT c.id FROM catalogue c JOIN membership m ON m.organisation_id = c.organisation_id WHERE m.person_id = asking_person()
      UNION
      SELECT c.id FROM mandate_grant g JOIN membership m ON m.organisation_id = g.association_id JOIN catalogue c ON c.organisation_id = g.member_id
      WHERE m.person_id = asking_person() AND 'file' = ANY (g.scopes) AND g.starts_at <= now() AND (g.ends_at IS NULL OR g.ends_at > now())
        AND (g.catalogues IS NULL OR c.id = ANY (g.catalogues)) $$;

CREATE POLICY read_mandated ON catalogue FOR SELECT TO caveat_app
  USING (id = ANY (ARRAY(SELECT my_catalogues())));

-- By which mandates the asker's associations may see a notice or act on it.
CREATE FUNCTION mandates_over(target uuid, needed text, roles text[]) RETURNS TABLE (association_id uuid, mandate_id uuid, version integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT g.association_id, g.mandate_id, g.version
  FROM notice n JOIN mandate_grant g ON g.member_id = n.holder_organisation_id
  WHERE n.id = target AND needed = ANY (g.scopes) AND g.starts_at <= now() AND (g.ends_at IS NULL OR g.ends_at > now())
    AND g.association_id IN (SELECT my_organisations_as(roles))
    AND (n.stage NOT IN ('draft', 'awaiting_approval') OR n.filed_by_organisation_id = g.association_id)
    AND (g.vendors IS NULL OR n.vendor_id = ANY (g.vendors))
    AND (g.catalogues IS NULL OR EXISTS (SELECT FROM notice_scope s WHERE s.id = n.scope_id AND s.catalogue_id = ANY (g.catalogues)))
    AND (g.measures IS NULL OR NOT EXISTS (SELECT FROM notice_measure q WHERE q.notice_id = n.id AND q.measure <> ALL (g.measures))) $$;

-- What an association did by a mandate, for the member whose mandate it is. Each line of a ledger names the mandate and version it
-- was written under, so that the list is the ledger's.
CREATE INDEX notice_event_mandate ON notice_event ((payload ->> 'mandate'), at DESC, notice_id DESC, sequence DESC) WHERE payload ? 'mandate';
CREATE FUNCTION mandate_acts(target uuid, before_at timestamptz, before_notice uuid, before_sequence integer, most integer)
RETURNS TABLE (notice_id uuid, reference text, vendor text, vendor_other text, sequence integer, type text, at timestamptz, version integer, person jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT n.id, n.reference, v.name, v.name_other, e.sequence, e.type, e.at, (e.payload ->> 'mandateVersion')::integer, p.facts
  FROM notice_event e JOIN notice n ON n.id = e.notice_id JOIN vendor v ON v.id = n.vendor_id
  LEFT JOIN event_person p ON p.notice_id = e.notice_id AND p.sequence = e.sequence
  WHERE e.payload ? 'mandate' AND e.payload ->> 'mandate' = target::text
    AND EXISTS (SELECT FROM mandate m WHERE m.id = target AND m.member_id = n.holder_organisation_id AND m.member_id IN (SELECT my_organisations()))
    AND (before_at IS NULL OR (e.at, e.notice_id, e.sequence) < (before_at, before_notice, before_sequence))
  ORDER BY e.at DESC, e.notice_id DESC, e.sequence DESC LIMIT least(most, 500) $$;

DO $$ DECLARE f text;
BEGIN
  FOREACH f IN ARRAY ARRAY['mandates_over(uuid, text, text[])', 'mandate_acts(uuid, timestamptz, uuid, integer, integer)'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO caveat_app, caveat_worker', f);
  END LOOP;
END $$;

-- Who withdraws a member's notice stops its letter, and who answers for the member writes for it. Other mails, links and what was
-- kept for the member's own side stay the member's.
CREATE POLICY read_mandated ON mail_duty FOR SELECT TO caveat_app
  USING (notice_id IS NOT NULL AND kind = 'notice-served' AND is_mandated(notice_id, 'file', '{owner,editor}'));
CREATE POLICY change_mandated ON mail_duty FOR UPDATE TO caveat_app
  USING (notice_id IS NOT NULL AND kind = 'notice-served' AND is_mandated(notice_id, 'file', '{owner,editor}'))
  WITH CHECK (notice_id IS NOT NULL AND kind = 'notice-served' AND is_mandated(notice_id, 'file', '{owner,editor}'));
CREATE POLICY add_mandated ON notice_message FOR INSERT TO caveat_app
  WITH CHECK (side = 'holder' AND channel = 'portal' AND inbound_id IS NULL AND is_mandated(notice_id, 'file', '{owner,editor}'));
