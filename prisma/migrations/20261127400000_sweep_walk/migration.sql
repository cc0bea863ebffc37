-- Sweeps that would read a whole table look at a part of it each time, and the next goes on from here. Ids grow with time.
CREATE TABLE sweep_walk (
  name text PRIMARY KEY CHECK (name IN ('duties', 'links')),
  -- the last id that was looked at, all zeros at the start of a round
  after_id uuid NOT NULL
);
ALTER TABLE sweep_walk ENABLE ROW LEVEL SECURITY;
ALTER TABLE sweep_walk FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON sweep_walk TO caveat_owner USING (true) WITH CHECK (true);
CREATE POLICY worker_all ON sweep_walk TO caveat_worker USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON sweep_walk TO caveat_worker;
