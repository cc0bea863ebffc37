-- What somebody typed into a step of a draft that had been changed on another device meanwhile: both stay, until chosen.
CREATE TABLE kept_choices (
  draft_id uuid NOT NULL REFERENCES filing_draft (id) ON DELETE CASCADE,
  step text NOT NULL CHECK (step IN ('kind', 'vendors', 'scope', 'basis', 'evidence')),
  kept_by uuid NOT NULL REFERENCES person (id),
  choices jsonb NOT NULL,
  kept_at timestamptz(3) NOT NULL,
  PRIMARY KEY (draft_id, step, kept_by)
);
ALTER TABLE kept_choices ENABLE ROW LEVEL SECURITY;
ALTER TABLE kept_choices FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON kept_choices TO caveat_owner USING (true) WITH CHECK (true);
CREATE POLICY worker_all ON kept_choices TO caveat_worker USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON kept_choices TO caveat_worker, caveat_app;
-- Each keeps and throws away only what he or she typed, in drafts of an organisation for which he or she may file.
CREATE POLICY read ON kept_choices FOR SELECT TO caveat_app
  USING (kept_by = asking_person() AND EXISTS (SELECT FROM filing_draft d WHERE d.id = draft_id));
CREATE POLICY add ON kept_choices FOR INSERT TO caveat_app
  WITH CHECK (kept_by = asking_person() AND EXISTS (SELECT FROM filing_draft d WHERE d.id = draft_id AND d.organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}')))));
CREATE POLICY change ON kept_choices FOR UPDATE TO caveat_app
  USING (kept_by = asking_person() AND EXISTS (SELECT FROM filing_draft d WHERE d.id = draft_id))
  WITH CHECK (kept_by = asking_person() AND EXISTS (SELECT FROM filing_draft d WHERE d.id = draft_id AND d.organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}')))));
CREATE POLICY remove ON kept_choices FOR DELETE TO caveat_app
  USING (kept_by = asking_person() AND EXISTS (SELECT FROM filing_draft d WHERE d.id = draft_id));
