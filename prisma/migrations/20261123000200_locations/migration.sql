-- Where the outputs are that a notice complains of, as frozen at submission: in the letter's order, each with the work that
-- it concerns where that was said.
CREATE TABLE notice_location (
  notice_id uuid NOT NULL REFERENCES notice (id),
  position integer NOT NULL CHECK (position > 0),
  url text NOT NULL CHECK (length(url) BETWEEN 1 AND 2000),
  work_id uuid,
  work_title text,
  PRIMARY KEY (notice_id, position),
  CONSTRAINT notice_location_work_whole CHECK ((work_id IS NULL) = (work_title IS NULL))
);

-- As with the letter: nothing changes in place, and nothing is removed once a sending has begun.
CREATE FUNCTION refuse_location_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'UPDATE' OR EXISTS (SELECT FROM notice n WHERE n.id = OLD.notice_id AND n.begun_at IS NOT NULL) THEN
    RAISE EXCEPTION 'The locations of a notice that was sent do not change.' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER notice_location_stays BEFORE UPDATE OR DELETE ON notice_location FOR EACH ROW EXECUTE FUNCTION refuse_location_change();

ALTER TABLE notice_location ENABLE ROW LEVEL SECURITY;
ALTER TABLE notice_location FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON notice_location TO caveat_owner USING (true) WITH CHECK (true);
CREATE POLICY worker_all ON notice_location TO caveat_worker USING (true) WITH CHECK (true);
GRANT SELECT ON notice_location TO caveat_worker;
-- Whoever sees the notice sees its locations: both sides and the bearer of its link.
GRANT SELECT ON notice_location TO caveat_app;
CREATE POLICY read ON notice_location FOR SELECT TO caveat_app
  USING (EXISTS (SELECT FROM notice n WHERE n.id = notice_id));
GRANT INSERT ON notice_location TO caveat_app;
CREATE POLICY add ON notice_location FOR INSERT TO caveat_app
  WITH CHECK (is_holder_of(notice_id) AND may_act_on(notice_id) AND EXISTS (SELECT FROM notice n WHERE n.id = notice_id AND n.begun_at IS NULL));
GRANT DELETE ON notice_location TO caveat_app;
CREATE POLICY remove ON notice_location FOR DELETE TO caveat_app
  USING (is_holder_of(notice_id) AND may_act_on(notice_id));
