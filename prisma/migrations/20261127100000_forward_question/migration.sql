-- A contact may ask the holder to let its notice go to another address. It reads no duties: whether the holder was asked the
-- same within a day is answered here. The notice stays locked, so that of two who ask at once the second finds the first.
CREATE FUNCTION forward_was_asked(wanted text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE target uuid;
BEGIN
  SELECT n.id INTO target FROM notice n WHERE n.id = link_notice() FOR UPDATE;
  RETURN EXISTS (SELECT FROM mail_duty d WHERE d.notice_id = target AND d.kind = 'notice-forwarded' AND d.event_sequence IS NULL
    AND d.facts ->> 'to' = wanted AND d.created_at > portal_now() - interval '1 day');
END $$;
REVOKE ALL ON FUNCTION forward_was_asked(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forward_was_asked(text) TO caveat_app;
