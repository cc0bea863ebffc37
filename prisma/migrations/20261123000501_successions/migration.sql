-- Which notice takes the place of which. Ordered when the new one is submitted, taken when it is served: until then the holder is
-- never without an open notice, and the vendor knows nothing of it.
CREATE TABLE notice_succession (
  notice_id uuid PRIMARY KEY REFERENCES notice (id),
  successor_id uuid NOT NULL REFERENCES notice (id),
  ordered_at timestamptz(3) NOT NULL,
  taken_at timestamptz(3),
  CONSTRAINT notice_succession_of_another CHECK (notice_id <> successor_id)
);
CREATE INDEX notice_succession_successor ON notice_succession (successor_id);
CREATE INDEX notice_succession_due ON notice_succession (ordered_at) WHERE taken_at IS NULL;
ALTER TABLE notice_succession ENABLE ROW LEVEL SECURITY;
ALTER TABLE notice_succession FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON notice_succession TO caveat_owner USING (true) WITH CHECK (true);
CREATE POLICY worker_all ON notice_succession TO caveat_worker USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON notice_succession TO caveat_worker;

-- Only within the same two sides. As a definer: a policy that reads its own two notices would ask theirs for each row.
CREATE FUNCTION may_succeed(old uuid, new uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT is_holder_of(old) AND may_act_on(old) AND is_holder_of(new) AND may_act_on(new) AND EXISTS (
  SELECT FROM notice o JOIN notice n ON n.holder_organisation_id = o.holder_organisation_id AND n.vendor_id = o.vendor_id
  WHERE o.id = old AND n.id = new) $$;
REVOKE ALL ON FUNCTION may_succeed(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION may_succeed(uuid, uuid) TO caveat_app, caveat_worker;

GRANT SELECT, INSERT, UPDATE, DELETE ON notice_succession TO caveat_app;
CREATE POLICY read ON notice_succession FOR SELECT TO caveat_app
  USING (EXISTS (SELECT FROM notice n WHERE n.id = notice_id) AND (taken_at IS NOT NULL OR is_holder_of(notice_id)));
CREATE POLICY add ON notice_succession FOR INSERT TO caveat_app
  WITH CHECK (may_succeed(notice_id, successor_id));
CREATE POLICY change ON notice_succession FOR UPDATE TO caveat_app
  USING (is_holder_of(notice_id) AND may_act_on(notice_id))
  WITH CHECK (may_succeed(notice_id, successor_id));
CREATE POLICY remove ON notice_succession FOR DELETE TO caveat_app
  USING (taken_at IS NULL AND is_holder_of(notice_id) AND may_act_on(notice_id));
