-- Once a notice is passed on, its links so far can only be read. The vendor's members cannot see links, so a definer function
-- closes them for whoever may act on the notice.
CREATE FUNCTION close_links(target uuid, at timestamptz) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE closed integer;
BEGIN
  IF NOT may_act_on(target) THEN RETURN 0; END IF;
  UPDATE notice_link SET read_only_at = at WHERE notice_id = target AND read_only_at IS NULL;
  GET DIAGNOSTICS closed = ROW_COUNT;
  RETURN closed;
END $$;
REVOKE ALL ON FUNCTION close_links(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION close_links(uuid, timestamptz) TO caveat_app;
