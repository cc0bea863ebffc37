-- Notices that were begun, and withdrawn before the mail that was to carry them had its words: no mail carried them.
ALTER TABLE collective_letter ADD COLUMN left_out uuid[] NOT NULL DEFAULT '{}';
CREATE OR REPLACE FUNCTION collective_mails_of(target uuid)
RETURNS TABLE (id uuid, kind text, to_address text, status text, created_at timestamptz, accepted_at timestamptz, delivered_at timestamptz,
  failed_at timestamptz, delayed_at timestamptz, last_response text, raw_sha256 text, own boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT m.id, m.kind, m.to_address, m.status, m.created_at, m.accepted_at, m.delivered_at, m.failed_at, m.delayed_at, m.last_response, m.raw_sha256,
    n.filed_by_organisation_id IN (SELECT my_organisations())
  FROM notice n JOIN mail_duty d ON d.filing_id = n.filing_id AND d.vendor_id = n.vendor_id AND d.kind = 'collective-served'
  JOIN outgoing_mail m ON m.duty_id = d.id
  WHERE n.id = target AND n.begun_at IS NOT NULL AND is_holder_of(target) AND NOT EXISTS (SELECT FROM collective_letter c
    WHERE c.filing_id = n.filing_id AND c.vendor_id = n.vendor_id AND n.id = ANY (c.left_out))
  ORDER BY m.created_at DESC LIMIT 50 $$;

-- The links of a mail that carried many notices, apart: those to each notice, and the one to the list of them.
DROP FUNCTION collective_mail_bytes(uuid);
CREATE FUNCTION collective_mail_bytes(target uuid)
RETURNS TABLE (bytes bytea, sha256 text, lists uuid[], links uuid[]) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT r.bytes, m.raw_sha256,
    ARRAY(SELECT l.id FROM collective_link l WHERE l.filing_id = d.filing_id AND l.vendor_id = d.vendor_id AND l.revoked_at IS NULL),
    ARRAY(SELECT k.id FROM notice n JOIN notice_link k ON k.notice_id = n.id WHERE n.filing_id = d.filing_id AND n.vendor_id = d.vendor_id
      AND k.address = m.to_address AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now()))
  FROM outgoing_mail m JOIN mail_raw r ON r.mail_id = m.id JOIN mail_duty d ON d.id = m.duty_id JOIN filing f ON f.id = d.filing_id
  WHERE m.id = target AND m.kind = 'collective-served' AND m.raw_sha256 IS NOT NULL
    AND f.filed_by_organisation_id IN (SELECT my_organisations()) $$;
REVOKE ALL ON FUNCTION collective_mail_bytes(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION collective_mail_bytes(uuid) TO caveat_app;
