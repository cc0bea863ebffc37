-- The ground: closed sets, indexes, who is asking, row-level security, the append-only ledger, tallies.
-- Written by hand, tables come from prisma/schema. Two rules run through it:
-- every tenant table has FORCEd row-level security and a policy for caveat_owner, and every SECURITY DEFINER
-- function pins its search_path.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Closed sets are text with a CHECK: comparing an enum is not leakproof, so row security would keep it off its indexes.
ALTER TABLE organisation ADD CONSTRAINT organisation_kind_known CHECK (kind IN ('rights_holder', 'vendor', 'association', 'operator'));
ALTER TABLE organisation ADD CONSTRAINT organisation_locale_known CHECK (locale IN ('en', 'ja'));
ALTER TABLE organisation ADD CONSTRAINT organisation_undo_minutes_sane CHECK (undo_minutes BETWEEN 0 AND 2880);
ALTER TABLE person ADD CONSTRAINT person_locale_known CHECK (locale IN ('en', 'ja'));
ALTER TABLE person ADD CONSTRAINT person_email_lower CHECK (email = lower(email));
ALTER TABLE person ADD CONSTRAINT person_theme_known CHECK (theme IN ('light', 'dark'));
ALTER TABLE membership ADD CONSTRAINT membership_role_known CHECK (role IN ('owner', 'editor', 'approver', 'viewer'));
ALTER TABLE invitation ADD CONSTRAINT invitation_role_known CHECK (role IN ('owner', 'editor', 'approver', 'viewer'));
ALTER TABLE catalogue_import ADD CONSTRAINT catalogue_import_status_known CHECK (status IN ('mapping', 'queued', 'running', 'done', 'failed', 'stopped'));
ALTER TABLE work_location ADD CONSTRAINT work_location_kind_known CHECK (kind IN ('exact', 'prefix', 'domain'));
ALTER TABLE work ADD CONSTRAINT work_released_precision_known CHECK (released_precision IN ('day', 'month', 'year'));
ALTER TABLE notice ADD CONSTRAINT notice_kind_known CHECK (kind IN ('exclusion', 'cease_and_desist', 'takedown'));
ALTER TABLE filing ADD CONSTRAINT filing_kind_known CHECK (kind IN ('exclusion', 'cease_and_desist', 'takedown'));
ALTER TABLE notice ADD CONSTRAINT notice_stance_known CHECK (stance IN ('objection', 'reservation', 'demand'));
ALTER TABLE notice ADD CONSTRAINT notice_locale_known CHECK (locale IN ('en', 'ja'));
ALTER TABLE notice ADD CONSTRAINT notice_stage_known CHECK (stage IN ('draft', 'awaiting_approval', 'queued', 'sent', 'delivered', 'acknowledged', 'in_review', 'clarification_needed', 'decided', 'verifying', 'closed', 'withdrawn', 'superseded'));
ALTER TABLE notice ADD CONSTRAINT notice_escalation_known CHECK (escalation IN ('none', 'regulator', 'litigation'));
ALTER TABLE notice ADD CONSTRAINT notice_outcome_known CHECK (outcome IN ('pending', 'all', 'partial', 'none'));
ALTER TABLE notice ADD CONSTRAINT notice_visibility_known CHECK (visibility IN ('private', 'members', 'public'));
ALTER TABLE notice ADD CONSTRAINT notice_waiting_on_known CHECK (waiting_on IN ('holder', 'vendor', 'association', 'nobody'));
ALTER TABLE notice_scope ADD CONSTRAINT notice_scope_kind_known CHECK (kind IN ('all', 'listed'));
ALTER TABLE notice_measure ADD CONSTRAINT notice_measure_measure_known CHECK (measure IN ('STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS', 'RETRAIN_OR_UNLEARN', 'RESPOND_TO_OUTPUT_CLAIMS', 'FILTER_OUTPUTS', 'REMOVE_OUTPUT_URLS', 'DISCLOSE_USE', 'PRESERVE_EVIDENCE', 'LICENCE_OFFER', 'WRITTEN_UNDERTAKING'));
ALTER TABLE notice_measure ADD CONSTRAINT notice_measure_default_outcome_known CHECK (default_outcome IN ('pending', 'accepted_excluded', 'accepted_removed', 'accepted_output_blocked', 'accepted_future_only', 'agreed', 'licence_offered', 'licensed', 'not_used', 'already_licensed', 'refused', 'insufficient_detail', 'duplicate_of', 'withdrawn'));
ALTER TABLE outcome_cell ADD CONSTRAINT outcome_cell_outcome_known CHECK (outcome IN ('pending', 'accepted_excluded', 'accepted_removed', 'accepted_output_blocked', 'accepted_future_only', 'agreed', 'licence_offered', 'licensed', 'not_used', 'already_licensed', 'refused', 'insufficient_detail', 'duplicate_of', 'withdrawn'));
ALTER TABLE outcome_cell_history ADD CONSTRAINT outcome_cell_history_outcome_known CHECK (outcome IN ('pending', 'accepted_excluded', 'accepted_removed', 'accepted_output_blocked', 'accepted_future_only', 'agreed', 'licence_offered', 'licensed', 'not_used', 'already_licensed', 'refused', 'insufficient_detail', 'duplicate_of', 'withdrawn'));
ALTER TABLE outcome_cell ADD CONSTRAINT outcome_cell_measure_known CHECK (measure IN ('STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS', 'RETRAIN_OR_UNLEARN', 'RESPOND_TO_OUTPUT_CLAIMS', 'FILTER_OUTPUTS', 'REMOVE_OUTPUT_URLS', 'DISCLOSE_USE', 'PRESERVE_EVIDENCE', 'LICENCE_OFFER', 'WRITTEN_UNDERTAKING'));
ALTER TABLE outcome_cell ADD CONSTRAINT outcome_cell_code_known CHECK (code IN ('exception_claimed', 'insufficient_identification', 'not_rights_holder', 'disputed_ownership', 'insufficient_authority', 'outside_jurisdiction', 'not_our_service', 'suspected_abuse', 'other'));
ALTER TABLE notice_measure ADD CONSTRAINT notice_measure_default_code_known CHECK (default_code IN ('exception_claimed', 'insufficient_identification', 'not_rights_holder', 'disputed_ownership', 'insufficient_authority', 'outside_jurisdiction', 'not_our_service', 'suspected_abuse', 'other'));
ALTER TABLE clock ADD CONSTRAINT clock_kind_known CHECK (kind IN ('acknowledge', 'decide', 'challenge'));
ALTER TABLE outgoing_mail ADD CONSTRAINT outgoing_mail_status_known CHECK (status IN ('queued', 'sending', 'accepted', 'deferred', 'delivered', 'bounced', 'failed', 'cancelled'));
ALTER TABLE mail_attempt ADD CONSTRAINT mail_attempt_result_known CHECK (result IN ('running', 'accepted', 'deferred', 'refused', 'ambiguous'));
ALTER TABLE job ADD CONSTRAINT job_status_known CHECK (status IN ('queued', 'running', 'done', 'failed', 'stopped'));

CREATE INDEX notice_holder_stage ON notice (holder_organisation_id, stage, acknowledge_by, id);
CREATE INDEX notice_holder_recent ON notice (holder_organisation_id, id DESC);
CREATE INDEX notice_vendor_stage ON notice (vendor_id, stage, decide_by, id);
CREATE INDEX notice_vendor_recent ON notice (vendor_id, id DESC);
CREATE INDEX notice_filing ON notice (filing_id);
CREATE INDEX notice_scope_of ON notice (scope_id);
CREATE INDEX notice_scope_catalogue ON notice_scope (catalogue_id, version);
CREATE INDEX notice_scope_organisation ON notice_scope (organisation_id);
CREATE UNIQUE INDEX work_external_id ON work (catalogue_id, external_id) WHERE valid_to IS NULL;
CREATE UNIQUE INDEX work_current ON work (catalogue_id, work_id) WHERE valid_to IS NULL;
CREATE INDEX work_by_title ON work (catalogue_id, title, work_id) WHERE valid_to IS NULL AND length(title) < 500;
CREATE INDEX work_search ON work USING gin (search_text gin_trgm_ops);
CREATE INDEX mail_duty_open ON mail_duty (not_before) WHERE resolved_at IS NULL AND cancelled_at IS NULL;
CREATE INDEX mail_duty_notice ON mail_duty (notice_id);
CREATE INDEX outgoing_mail_due ON outgoing_mail (next_attempt_at) WHERE status IN ('queued', 'deferred', 'sending');
CREATE INDEX outgoing_mail_recent ON outgoing_mail (id DESC);
CREATE INDEX job_recent ON job (id DESC);
CREATE INDEX organisation_recent ON organisation (id DESC);
CREATE INDEX membership_person ON membership (person_id);

-- Who is asking. On a pooled connection an unset setting comes back as an empty string.
CREATE FUNCTION asking_person() RETURNS uuid LANGUAGE sql STABLE SET search_path = pg_catalog
AS $$ SELECT nullif(current_setting('caveat.person', true), '')::uuid $$;
CREATE FUNCTION asking_link() RETURNS uuid LANGUAGE sql STABLE SET search_path = pg_catalog
AS $$ SELECT nullif(current_setting('caveat.link', true), '')::uuid $$;

CREATE FUNCTION my_organisations() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT organisation_id FROM membership WHERE person_id = asking_person() $$;
CREATE FUNCTION my_organisations_as(roles text[]) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT organisation_id FROM membership WHERE person_id = asking_person() AND role = ANY (roles) $$;
CREATE FUNCTION my_vendors() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT v.id FROM vendor v JOIN membership m ON m.organisation_id = v.organisation_id WHERE m.person_id = asking_person() $$;
CREATE FUNCTION my_catalogues() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT c.id FROM catalogue c JOIN membership m ON m.organisation_id = c.organisation_id WHERE m.person_id = asking_person() $$;
CREATE FUNCTION is_operator() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT EXISTS (SELECT FROM membership m JOIN organisation o ON o.id = m.organisation_id
       WHERE m.person_id = asking_person() AND o.kind = 'operator' AND m.role IN ('owner', 'editor')) $$;
CREATE FUNCTION has_members(organisation uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT EXISTS (SELECT FROM membership m WHERE m.organisation_id = organisation) $$;
CREATE FUNCTION shares_organisation(other uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT EXISTS (SELECT FROM membership mine JOIN membership theirs USING (organisation_id)
       WHERE mine.person_id = asking_person() AND theirs.person_id = other) $$;
CREATE FUNCTION link_notice() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT notice_id FROM notice_link WHERE id = asking_link() AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()) $$;
-- Whether the asker may add to a notice's record: an editor or owner of its holder or filer, of its vendor once a sending has begun, or its link's bearer.
CREATE FUNCTION may_act_on(target uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT EXISTS (
  SELECT FROM notice n WHERE n.id = target AND (
    n.holder_organisation_id IN (SELECT my_organisations_as('{owner,editor,approver}'))
    OR n.filed_by_organisation_id IN (SELECT my_organisations_as('{owner,editor,approver}'))
    OR n.begun_at IS NOT NULL AND EXISTS (SELECT FROM vendor v WHERE v.id = n.vendor_id AND v.organisation_id IN (SELECT my_organisations_as('{owner,editor}')))
    OR n.begun_at IS NOT NULL AND n.id = link_notice())) $$;
CREATE FUNCTION is_holder_of(target uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT EXISTS (SELECT FROM notice n WHERE n.id = target
       AND (n.holder_organisation_id IN (SELECT my_organisations()) OR n.filed_by_organisation_id IN (SELECT my_organisations()))) $$;

-- Opens a mail link for the rest of the transaction, says why it does not.
CREATE FUNCTION open_link(link uuid) RETURNS TABLE (state text, notice_id uuid, address text, locale text, read_only boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE found notice_link;
BEGIN
  SELECT * INTO found FROM notice_link l WHERE l.id = link;
  IF found.id IS NULL THEN RETURN QUERY SELECT 'unknown', NULL::uuid, NULL, NULL, NULL::boolean; RETURN; END IF;
  IF found.revoked_at IS NOT NULL THEN RETURN QUERY SELECT 'revoked', NULL::uuid, NULL, NULL, NULL::boolean; RETURN; END IF;
  IF found.expires_at <= now() THEN RETURN QUERY SELECT 'expired', NULL::uuid, NULL, NULL, NULL::boolean; RETURN; END IF;
  PERFORM set_config('caveat.link', link::text, true);
  RETURN QUERY SELECT 'open', found.notice_id, found.address, found.locale, found.read_only_at IS NOT NULL;
END $$;

-- Fragment search: LIKE is not leakproof, so under row security it would read every row. Membership is checked first.
CREATE FUNCTION search_works(wanted uuid, fragment text, at_version integer, after_title text, after_id uuid, most integer)
RETURNS TABLE (work_id uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF wanted NOT IN (SELECT my_catalogues()) THEN RETURN; END IF;
  RETURN QUERY SELECT w.work_id FROM work w
    WHERE w.catalogue_id = wanted AND w.valid_from <= at_version AND (w.valid_to IS NULL OR w.valid_to > at_version)
      AND w.search_text LIKE '%' || replace(replace(replace(fragment, '\', '\\'), '%', '\%'), '_', '\_') || '%'
      AND (after_title IS NULL OR (w.title, w.work_id) > (after_title, after_id))
    ORDER BY w.title, w.work_id LIMIT least(most, 1000000);
END $$;

-- Counts that screens show, kept in the transaction that changes them: as signed changes, one row per statement and kind of
-- change. A counter that is updated in place would make every filing of a holder wait for the one before.
CREATE FUNCTION add_notice_tally() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO notice_tally (holder_organisation_id, vendor_id, kind, stage, outcome, count)
    SELECT holder_organisation_id, vendor_id, kind, stage, outcome, count(*) FROM added GROUP BY 1, 2, 3, 4, 5;
  RETURN NULL;
END $$;
CREATE FUNCTION move_notice_tally() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO notice_tally (holder_organisation_id, vendor_id, kind, stage, outcome, count)
    SELECT holder_organisation_id, vendor_id, kind, stage, outcome, sum(change) FROM (
      SELECT holder_organisation_id, vendor_id, kind, stage, outcome, -1 AS change FROM before
      UNION ALL SELECT holder_organisation_id, vendor_id, kind, stage, outcome, 1 FROM after) moved
    GROUP BY 1, 2, 3, 4, 5 HAVING sum(change) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER notice_tally_add AFTER INSERT ON notice REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION add_notice_tally();
CREATE TRIGGER notice_tally_move AFTER UPDATE ON notice REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION move_notice_tally();
-- Adds old changes together. For the worker, now and then. The sums stay what they are.
CREATE FUNCTION compact_notice_tally() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE rows_gone integer;
BEGIN
  WITH gone AS (DELETE FROM notice_tally RETURNING *), counted AS (SELECT count(*)::integer AS n FROM gone), kept AS (
    INSERT INTO notice_tally (holder_organisation_id, vendor_id, kind, stage, outcome, count)
      SELECT holder_organisation_id, vendor_id, kind, stage, outcome, sum(count) FROM gone GROUP BY 1, 2, 3, 4, 5 HAVING sum(count) <> 0)
  SELECT n INTO rows_gone FROM counted;
  RETURN rows_gone;
END $$;

-- The ledger and the histories only grow: nobody changes or removes a line, whatever the grants say.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN RAISE EXCEPTION 'Lines of % are never changed or removed.', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER notice_event_grows BEFORE UPDATE OR DELETE ON notice_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER notice_event_keeps BEFORE TRUNCATE ON notice_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER outcome_cell_history_grows BEFORE UPDATE OR DELETE ON outcome_cell_history FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER outcome_cell_history_keeps BEFORE TRUNCATE ON outcome_cell_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER link_access_grows BEFORE UPDATE OR DELETE ON link_access FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER link_access_keeps BEFORE TRUNCATE ON link_access FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A person's facts may be erased, and nothing else: salt and place stay, so that the chain still verifies.
CREATE FUNCTION only_erase_person() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.facts IS NULL AND NEW.erased_at IS NOT NULL
     AND (NEW.notice_id, NEW.sequence, NEW.salt) = (OLD.notice_id, OLD.sequence, OLD.salt) THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'Facts about persons are erased, never changed.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER event_person_erases BEFORE UPDATE OR DELETE ON event_person FOR EACH ROW EXECUTE FUNCTION only_erase_person();

-- What an organisation is, and whether it is verified, is the operator's word.
CREATE FUNCTION protect_organisation() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF current_user IN ('caveat_owner', 'caveat_worker') OR is_operator() THEN RETURN NEW; END IF;
  IF (OLD.kind, OLD.slug, OLD.is_demo, OLD.verified_at, OLD.verified_how, OLD.verified_by)
     IS DISTINCT FROM (NEW.kind, NEW.slug, NEW.is_demo, NEW.verified_at, NEW.verified_how, NEW.verified_by) THEN
    RAISE EXCEPTION 'Only an operator changes what organisation % is.', OLD.id USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER organisation_protected BEFORE UPDATE ON organisation FOR EACH ROW EXECUTE FUNCTION protect_organisation();

-- From the first sending on, what was served stays as it was served: only the projection moves, and the contact it goes to.
CREATE FUNCTION protect_served_notice() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF OLD.begun_at IS NULL THEN RETURN NEW; END IF;
  IF (OLD.id, OLD.reference, OLD.filing_id, OLD.holder_organisation_id, OLD.filed_by_organisation_id, OLD.vendor_id, OLD.kind, OLD.stance, OLD.locale, OLD.scope_id, OLD.verify_code, OLD.acknowledge_days, OLD.decide_days, OLD.created_at)
     IS DISTINCT FROM (NEW.id, NEW.reference, NEW.filing_id, NEW.holder_organisation_id, NEW.filed_by_organisation_id, NEW.vendor_id, NEW.kind, NEW.stance, NEW.locale, NEW.scope_id, NEW.verify_code, NEW.acknowledge_days, NEW.decide_days, NEW.created_at)
     OR OLD.paragraph IS DISTINCT FROM NEW.paragraph OR OLD.matter_number IS DISTINCT FROM NEW.matter_number OR NEW.begun_at IS NULL THEN
    RAISE EXCEPTION 'Notice % was sent; what it says does not change.', OLD.reference USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER notice_protected BEFORE UPDATE ON notice FOR EACH ROW EXECUTE FUNCTION protect_served_notice();

CREATE FUNCTION refuse_letter_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'UPDATE' OR EXISTS (SELECT FROM notice n WHERE n.id = OLD.notice_id AND n.begun_at IS NOT NULL) THEN
    RAISE EXCEPTION 'The letter of a notice that was sent does not change.' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER notice_letter_stays BEFORE UPDATE OR DELETE ON notice_letter FOR EACH ROW EXECUTE FUNCTION refuse_letter_change();

-- Row-level security.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['organisation', 'person', 'membership', 'invitation', 'vendor', 'vendor_fact', 'vendor_contact', 'catalogue',
    'catalogue_version', 'work', 'work_identifier', 'work_location', 'catalogue_import', 'filing_draft', 'filing', 'notice',
    'notice_basis', 'notice_letter', 'notice_scope', 'notice_scope_work', 'notice_measure', 'outcome_cell', 'outcome_cell_history', 'notice_event',
    'event_person', 'clock', 'notice_tally', 'notice_link', 'link_access', 'idempotency', 'mail_duty', 'outgoing_mail',
    'mail_raw', 'mail_attempt', 'job', 'heartbeat'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_all ON %I TO caveat_owner USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY worker_all ON %I TO caveat_worker USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO caveat_worker', t);
  END LOOP;
END $$;
REVOKE UPDATE, DELETE ON notice_event, outcome_cell_history, link_access FROM caveat_worker;
REVOKE DELETE ON event_person, notice, filing, mail_raw, outgoing_mail FROM caveat_worker;
GRANT USAGE ON SCHEMA public TO caveat_app, caveat_worker;

-- accounts
GRANT SELECT ON organisation TO caveat_app;
CREATE POLICY read ON organisation FOR SELECT TO caveat_app
  USING (id = ANY (ARRAY(SELECT my_organisations())) OR (SELECT is_operator()) OR EXISTS (SELECT FROM notice n WHERE n.holder_organisation_id = organisation.id OR n.filed_by_organisation_id = organisation.id));
GRANT INSERT ON organisation TO caveat_app;
CREATE POLICY add ON organisation FOR INSERT TO caveat_app
  WITH CHECK (asking_person() IS NOT NULL AND kind <> 'operator' AND verified_at IS NULL AND NOT is_demo);
GRANT UPDATE ON organisation TO caveat_app;
CREATE POLICY change ON organisation FOR UPDATE TO caveat_app
  USING (id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))) OR (SELECT is_operator()))
  WITH CHECK (id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))) OR (SELECT is_operator()));
GRANT SELECT ON person TO caveat_app;
CREATE POLICY read ON person FOR SELECT TO caveat_app
  USING (id = asking_person() OR shares_organisation(id));
GRANT INSERT ON person TO caveat_app;
CREATE POLICY add ON person FOR INSERT TO caveat_app
  WITH CHECK (id = asking_person() AND NOT is_demo);
GRANT UPDATE ON person TO caveat_app;
CREATE POLICY change ON person FOR UPDATE TO caveat_app
  USING (id = asking_person())
  WITH CHECK (id = asking_person() AND NOT is_demo OR id = asking_person());
GRANT SELECT ON membership TO caveat_app;
CREATE POLICY read ON membership FOR SELECT TO caveat_app
  USING (person_id = asking_person() OR organisation_id = ANY (ARRAY(SELECT my_organisations())) OR (SELECT is_operator()));
GRANT INSERT ON membership TO caveat_app;
CREATE POLICY add ON membership FOR INSERT TO caveat_app
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))) OR person_id = asking_person() AND role = 'owner' AND NOT has_members(organisation_id));
GRANT UPDATE ON membership TO caveat_app;
CREATE POLICY change ON membership FOR UPDATE TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))))
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))));
GRANT DELETE ON membership TO caveat_app;
CREATE POLICY remove ON membership FOR DELETE TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))) OR person_id = asking_person());
GRANT SELECT ON invitation TO caveat_app;
CREATE POLICY read ON invitation FOR SELECT TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))));
GRANT INSERT ON invitation TO caveat_app;
CREATE POLICY add ON invitation FOR INSERT TO caveat_app
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))) AND invited_by = asking_person());
GRANT UPDATE ON invitation TO caveat_app;
CREATE POLICY change ON invitation FOR UPDATE TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))))
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner}'))));
-- the directory: public facts, contacts for whoever is signed in
GRANT SELECT ON vendor TO caveat_app;
CREATE POLICY read ON vendor FOR SELECT TO caveat_app
  USING (true);
GRANT SELECT ON vendor_fact TO caveat_app;
CREATE POLICY read ON vendor_fact FOR SELECT TO caveat_app
  USING (true);
GRANT SELECT ON vendor_contact TO caveat_app;
CREATE POLICY read ON vendor_contact FOR SELECT TO caveat_app
  USING (asking_person() IS NOT NULL);
GRANT INSERT ON vendor TO caveat_app;
CREATE POLICY add ON vendor FOR INSERT TO caveat_app
  WITH CHECK ((SELECT is_operator()));
GRANT UPDATE ON vendor TO caveat_app;
CREATE POLICY change ON vendor FOR UPDATE TO caveat_app
  USING ((SELECT is_operator()))
  WITH CHECK ((SELECT is_operator()));
GRANT INSERT ON vendor_fact TO caveat_app;
CREATE POLICY add ON vendor_fact FOR INSERT TO caveat_app
  WITH CHECK ((SELECT is_operator()));
GRANT UPDATE ON vendor_fact TO caveat_app;
CREATE POLICY change ON vendor_fact FOR UPDATE TO caveat_app
  USING ((SELECT is_operator()))
  WITH CHECK ((SELECT is_operator()));
GRANT INSERT ON vendor_contact TO caveat_app;
CREATE POLICY add ON vendor_contact FOR INSERT TO caveat_app
  WITH CHECK ((SELECT is_operator()));
GRANT UPDATE ON vendor_contact TO caveat_app;
CREATE POLICY change ON vendor_contact FOR UPDATE TO caveat_app
  USING ((SELECT is_operator()))
  WITH CHECK ((SELECT is_operator()));
-- catalogues: the organisation, and of the works those that a visible notice cites
GRANT SELECT ON catalogue TO caveat_app;
CREATE POLICY read ON catalogue FOR SELECT TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations())) OR EXISTS (SELECT FROM notice_scope s WHERE s.catalogue_id = catalogue.id));
GRANT INSERT ON catalogue TO caveat_app;
CREATE POLICY add ON catalogue FOR INSERT TO caveat_app
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))));
GRANT UPDATE ON catalogue TO caveat_app;
CREATE POLICY change ON catalogue FOR UPDATE TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))))
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))));
GRANT SELECT ON catalogue_version TO caveat_app;
CREATE POLICY read ON catalogue_version FOR SELECT TO caveat_app
  USING (catalogue_id = ANY (ARRAY(SELECT my_catalogues())));
GRANT INSERT ON catalogue_version TO caveat_app;
CREATE POLICY add ON catalogue_version FOR INSERT TO caveat_app
  WITH CHECK (EXISTS (SELECT FROM catalogue c WHERE c.id = catalogue_id AND c.organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}')))));
GRANT SELECT ON work TO caveat_app;
CREATE POLICY read ON work FOR SELECT TO caveat_app
  USING (catalogue_id = ANY (ARRAY(SELECT my_catalogues())) OR EXISTS (
    SELECT FROM notice_scope s WHERE s.catalogue_id = work.catalogue_id
      AND work.valid_from <= s.version AND (work.valid_to IS NULL OR work.valid_to > s.version)
      AND (s.kind = 'all' OR EXISTS (SELECT FROM notice_scope_work x WHERE x.scope_id = s.id AND x.work_id = work.work_id))));
GRANT INSERT ON work TO caveat_app;
CREATE POLICY add ON work FOR INSERT TO caveat_app
  WITH CHECK (EXISTS (SELECT FROM catalogue c WHERE c.id = catalogue_id AND c.organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}')))));
GRANT UPDATE ON work TO caveat_app;
CREATE POLICY change ON work FOR UPDATE TO caveat_app
  USING (EXISTS (SELECT FROM catalogue c WHERE c.id = catalogue_id AND c.organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}')))))
  WITH CHECK (EXISTS (SELECT FROM catalogue c WHERE c.id = catalogue_id AND c.organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}')))));
GRANT SELECT ON work_identifier TO caveat_app;
CREATE POLICY read ON work_identifier FOR SELECT TO caveat_app
  USING (catalogue_id = ANY (ARRAY(SELECT my_catalogues())) OR EXISTS (SELECT FROM work w WHERE w.catalogue_id = work_identifier.catalogue_id AND w.work_id = work_identifier.work_id));
GRANT INSERT ON work_identifier TO caveat_app;
CREATE POLICY add ON work_identifier FOR INSERT TO caveat_app
  WITH CHECK (EXISTS (SELECT FROM catalogue c WHERE c.id = catalogue_id AND c.organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}')))));
GRANT UPDATE ON work_identifier TO caveat_app;
CREATE POLICY change ON work_identifier FOR UPDATE TO caveat_app
  USING (EXISTS (SELECT FROM catalogue c WHERE c.id = catalogue_id AND c.organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}')))))
  WITH CHECK (EXISTS (SELECT FROM catalogue c WHERE c.id = catalogue_id AND c.organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}')))));
GRANT SELECT ON work_location TO caveat_app;
CREATE POLICY read ON work_location FOR SELECT TO caveat_app
  USING (catalogue_id = ANY (ARRAY(SELECT my_catalogues())) OR EXISTS (SELECT FROM work w WHERE w.catalogue_id = work_location.catalogue_id AND w.work_id = work_location.work_id));
GRANT INSERT ON work_location TO caveat_app;
CREATE POLICY add ON work_location FOR INSERT TO caveat_app
  WITH CHECK (EXISTS (SELECT FROM catalogue c WHERE c.id = catalogue_id AND c.organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}')))));
GRANT UPDATE ON work_location TO caveat_app;
CREATE POLICY change ON work_location FOR UPDATE TO caveat_app
  USING (EXISTS (SELECT FROM catalogue c WHERE c.id = catalogue_id AND c.organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}')))))
  WITH CHECK (EXISTS (SELECT FROM catalogue c WHERE c.id = catalogue_id AND c.organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}')))));
GRANT SELECT ON catalogue_import TO caveat_app;
CREATE POLICY read ON catalogue_import FOR SELECT TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations())));
GRANT INSERT ON catalogue_import TO caveat_app;
CREATE POLICY add ON catalogue_import FOR INSERT TO caveat_app
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))));
GRANT UPDATE ON catalogue_import TO caveat_app;
CREATE POLICY change ON catalogue_import FOR UPDATE TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))))
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))));
-- filings
GRANT SELECT ON filing_draft TO caveat_app;
CREATE POLICY read ON filing_draft FOR SELECT TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations())));
GRANT INSERT ON filing_draft TO caveat_app;
CREATE POLICY add ON filing_draft FOR INSERT TO caveat_app
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))));
GRANT UPDATE ON filing_draft TO caveat_app;
CREATE POLICY change ON filing_draft FOR UPDATE TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))))
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))));
GRANT DELETE ON filing_draft TO caveat_app;
CREATE POLICY remove ON filing_draft FOR DELETE TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))));
GRANT SELECT ON filing TO caveat_app;
CREATE POLICY read ON filing FOR SELECT TO caveat_app
  USING (filed_by_organisation_id = ANY (ARRAY(SELECT my_organisations())) OR EXISTS (SELECT FROM notice n WHERE n.filing_id = filing.id));
GRANT INSERT ON filing TO caveat_app;
CREATE POLICY add ON filing FOR INSERT TO caveat_app
  WITH CHECK (filed_by_organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) AND submitted_by = asking_person());
GRANT UPDATE ON filing TO caveat_app;
CREATE POLICY change ON filing FOR UPDATE TO caveat_app
  USING (filed_by_organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))))
  WITH CHECK (filed_by_organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))));
GRANT SELECT ON idempotency TO caveat_app;
CREATE POLICY read ON idempotency FOR SELECT TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations())));
GRANT INSERT ON idempotency TO caveat_app;
CREATE POLICY add ON idempotency FOR INSERT TO caveat_app
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor,approver}'))));
-- notices: the holder and the filer, the vendor once a sending has begun, the bearer of its link
GRANT SELECT ON notice TO caveat_app;
CREATE POLICY read ON notice FOR SELECT TO caveat_app
  USING (holder_organisation_id = ANY (ARRAY(SELECT my_organisations()))
    OR filed_by_organisation_id = ANY (ARRAY(SELECT my_organisations()))
    OR begun_at IS NOT NULL AND vendor_id = ANY (ARRAY(SELECT my_vendors()))
    OR begun_at IS NOT NULL AND id = (SELECT link_notice()));
GRANT INSERT ON notice TO caveat_app;
CREATE POLICY add ON notice FOR INSERT TO caveat_app
  WITH CHECK (filed_by_organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) AND holder_organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) AND EXISTS (SELECT FROM organisation o WHERE o.id = holder_organisation_id AND o.verified_at IS NOT NULL));
GRANT UPDATE ON notice TO caveat_app;
CREATE POLICY change ON notice FOR UPDATE TO caveat_app
  USING (may_act_on(id))
  WITH CHECK (may_act_on(id));
GRANT SELECT ON notice_basis TO caveat_app;
CREATE POLICY read ON notice_basis FOR SELECT TO caveat_app
  USING (EXISTS (SELECT FROM notice n WHERE n.id = notice_id));
GRANT INSERT ON notice_basis TO caveat_app;
CREATE POLICY add ON notice_basis FOR INSERT TO caveat_app
  WITH CHECK (is_holder_of(notice_id) AND may_act_on(notice_id));
GRANT DELETE ON notice_basis TO caveat_app;
CREATE POLICY remove ON notice_basis FOR DELETE TO caveat_app
  USING (is_holder_of(notice_id) AND may_act_on(notice_id));
GRANT SELECT ON notice_letter TO caveat_app;
CREATE POLICY read ON notice_letter FOR SELECT TO caveat_app
  USING (EXISTS (SELECT FROM notice n WHERE n.id = notice_id));
GRANT INSERT ON notice_letter TO caveat_app;
CREATE POLICY add ON notice_letter FOR INSERT TO caveat_app
  WITH CHECK (is_holder_of(notice_id) AND may_act_on(notice_id));
GRANT DELETE ON notice_letter TO caveat_app;
CREATE POLICY remove ON notice_letter FOR DELETE TO caveat_app
  USING (is_holder_of(notice_id) AND may_act_on(notice_id));
GRANT SELECT ON notice_scope TO caveat_app;
CREATE POLICY read ON notice_scope FOR SELECT TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations())) OR EXISTS (SELECT FROM notice n WHERE n.scope_id = notice_scope.id));
GRANT INSERT ON notice_scope TO caveat_app;
CREATE POLICY add ON notice_scope FOR INSERT TO caveat_app
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))));
GRANT SELECT ON notice_scope_work TO caveat_app;
CREATE POLICY read ON notice_scope_work FOR SELECT TO caveat_app
  USING (EXISTS (SELECT FROM notice_scope s WHERE s.id = scope_id));
GRANT INSERT ON notice_scope_work TO caveat_app;
CREATE POLICY add ON notice_scope_work FOR INSERT TO caveat_app
  WITH CHECK (EXISTS (SELECT FROM notice_scope s WHERE s.id = scope_id AND s.organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}')))));
GRANT SELECT ON notice_measure TO caveat_app;
CREATE POLICY read ON notice_measure FOR SELECT TO caveat_app
  USING (EXISTS (SELECT FROM notice n WHERE n.id = notice_id));
GRANT INSERT ON notice_measure TO caveat_app;
CREATE POLICY add ON notice_measure FOR INSERT TO caveat_app
  WITH CHECK (is_holder_of(notice_id) AND may_act_on(notice_id));
GRANT UPDATE ON notice_measure TO caveat_app;
CREATE POLICY change ON notice_measure FOR UPDATE TO caveat_app
  USING (may_act_on(notice_id))
  WITH CHECK (may_act_on(notice_id));
GRANT DELETE ON notice_measure TO caveat_app;
CREATE POLICY remove ON notice_measure FOR DELETE TO caveat_app
  USING (is_holder_of(notice_id) AND may_act_on(notice_id));
GRANT SELECT ON outcome_cell TO caveat_app;
CREATE POLICY read ON outcome_cell FOR SELECT TO caveat_app
  USING (EXISTS (SELECT FROM notice n WHERE n.id = notice_id));
GRANT INSERT ON outcome_cell TO caveat_app;
CREATE POLICY add ON outcome_cell FOR INSERT TO caveat_app
  WITH CHECK (may_act_on(notice_id));
GRANT UPDATE ON outcome_cell TO caveat_app;
CREATE POLICY change ON outcome_cell FOR UPDATE TO caveat_app
  USING (may_act_on(notice_id))
  WITH CHECK (may_act_on(notice_id));
GRANT DELETE ON outcome_cell TO caveat_app;
CREATE POLICY remove ON outcome_cell FOR DELETE TO caveat_app
  USING (may_act_on(notice_id));
GRANT SELECT ON outcome_cell_history TO caveat_app;
CREATE POLICY read ON outcome_cell_history FOR SELECT TO caveat_app
  USING (EXISTS (SELECT FROM notice n WHERE n.id = notice_id));
GRANT INSERT ON outcome_cell_history TO caveat_app;
CREATE POLICY add ON outcome_cell_history FOR INSERT TO caveat_app
  WITH CHECK (may_act_on(notice_id));
GRANT SELECT ON notice_event TO caveat_app;
CREATE POLICY read ON notice_event FOR SELECT TO caveat_app
  USING (EXISTS (SELECT FROM notice n WHERE n.id = notice_id) AND (shared OR is_holder_of(notice_id)));
GRANT INSERT ON notice_event TO caveat_app;
CREATE POLICY add ON notice_event FOR INSERT TO caveat_app
  WITH CHECK (may_act_on(notice_id));
GRANT SELECT ON event_person TO caveat_app;
CREATE POLICY read ON event_person FOR SELECT TO caveat_app
  USING (EXISTS (SELECT FROM notice_event e WHERE e.notice_id = event_person.notice_id AND e.sequence = event_person.sequence));
GRANT INSERT ON event_person TO caveat_app;
CREATE POLICY add ON event_person FOR INSERT TO caveat_app
  WITH CHECK (may_act_on(notice_id));
GRANT SELECT ON clock TO caveat_app;
CREATE POLICY read ON clock FOR SELECT TO caveat_app
  USING (EXISTS (SELECT FROM notice n WHERE n.id = notice_id));
GRANT INSERT ON clock TO caveat_app;
CREATE POLICY add ON clock FOR INSERT TO caveat_app
  WITH CHECK (may_act_on(notice_id));
GRANT UPDATE ON clock TO caveat_app;
CREATE POLICY change ON clock FOR UPDATE TO caveat_app
  USING (may_act_on(notice_id))
  WITH CHECK (may_act_on(notice_id));
GRANT DELETE ON clock TO caveat_app;
CREATE POLICY remove ON clock FOR DELETE TO caveat_app
  USING (may_act_on(notice_id));
GRANT SELECT ON notice_tally TO caveat_app;
CREATE POLICY read ON notice_tally FOR SELECT TO caveat_app
  USING (holder_organisation_id = ANY (ARRAY(SELECT my_organisations())) OR vendor_id = ANY (ARRAY(SELECT my_vendors())) AND stage NOT IN ('draft', 'awaiting_approval', 'queued'));
GRANT SELECT ON notice_link TO caveat_app;
CREATE POLICY read ON notice_link FOR SELECT TO caveat_app
  USING (id = asking_link() OR is_holder_of(notice_id));
GRANT UPDATE ON notice_link TO caveat_app;
CREATE POLICY change ON notice_link FOR UPDATE TO caveat_app
  USING (may_act_on(notice_id))
  WITH CHECK (may_act_on(notice_id));
GRANT INSERT ON link_access TO caveat_app;
CREATE POLICY add ON link_access FOR INSERT TO caveat_app
  WITH CHECK (link_id = asking_link());
-- mail: an act only adds what is owed, the worker resolves, composes and sends. Bodies are for the holder alone.
GRANT INSERT ON mail_duty TO caveat_app;
CREATE POLICY add ON mail_duty FOR INSERT TO caveat_app
  WITH CHECK (notice_id IS NULL OR may_act_on(notice_id));
GRANT UPDATE ON mail_duty TO caveat_app;
CREATE POLICY change ON mail_duty FOR UPDATE TO caveat_app
  USING (notice_id IS NOT NULL AND is_holder_of(notice_id) AND may_act_on(notice_id))
  WITH CHECK (is_holder_of(notice_id));
GRANT SELECT ON mail_duty TO caveat_app;
CREATE POLICY read ON mail_duty FOR SELECT TO caveat_app
  USING (notice_id IS NOT NULL AND is_holder_of(notice_id));
GRANT SELECT ON outgoing_mail TO caveat_app;
CREATE POLICY read ON outgoing_mail FOR SELECT TO caveat_app
  USING (notice_id IS NOT NULL AND is_holder_of(notice_id) OR (SELECT is_operator()));
GRANT SELECT ON mail_attempt TO caveat_app;
CREATE POLICY read ON mail_attempt FOR SELECT TO caveat_app
  USING (EXISTS (SELECT FROM outgoing_mail m WHERE m.id = mail_id));
GRANT SELECT ON mail_raw TO caveat_app;
CREATE POLICY read ON mail_raw FOR SELECT TO caveat_app
  USING (EXISTS (SELECT FROM outgoing_mail m WHERE m.id = mail_id AND m.notice_id IS NOT NULL AND is_holder_of(m.notice_id)));
-- jobs
GRANT SELECT ON job TO caveat_app;
CREATE POLICY read ON job FOR SELECT TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations())) OR (SELECT is_operator()));
GRANT INSERT ON job TO caveat_app;
CREATE POLICY add ON job FOR INSERT TO caveat_app
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) AND requested_by = asking_person());
GRANT UPDATE ON job TO caveat_app;
CREATE POLICY change ON job FOR UPDATE TO caveat_app
  USING (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) OR (SELECT is_operator()))
  WITH CHECK (organisation_id = ANY (ARRAY(SELECT my_organisations_as('{owner,editor}'))) OR (SELECT is_operator()));
GRANT SELECT ON heartbeat TO caveat_app;
CREATE POLICY read ON heartbeat FOR SELECT TO caveat_app
  USING (true);

-- Sends a finally failed mail once more: for an operator, or an editor of the notice's holder. The same bytes go out again.
CREATE FUNCTION retry_mail(mail uuid, at timestamptz) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE subject uuid;
BEGIN
  SELECT notice_id INTO subject FROM outgoing_mail WHERE id = mail;
  IF NOT (is_operator() OR subject IS NOT NULL AND is_holder_of(subject) AND may_act_on(subject)) THEN RETURN false; END IF;
  UPDATE outgoing_mail SET status = 'queued', next_attempt_at = at, lease_until = NULL, failed_at = NULL
    WHERE id = mail AND status IN ('failed', 'bounced');
  RETURN FOUND;
END $$;

-- What an operator may know of notices: stages and dates, no words and no works.
CREATE FUNCTION operator_notices(before uuid, most integer)
RETURNS TABLE (id uuid, reference text, holder text, vendor text, kind text, stage text, created_at timestamptz, acknowledge_by date, decide_by date, undeliverable_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT n.id, n.reference, o.name, v.name, n.kind, n.stage, n.created_at, n.acknowledge_by, n.decide_by, n.undeliverable_at
  FROM notice n JOIN organisation o ON o.id = n.holder_organisation_id JOIN vendor v ON v.id = n.vendor_id
  WHERE is_operator() AND (before IS NULL OR n.id < before) ORDER BY n.id DESC LIMIT least(most, 200) $$;

-- Whether a notice is genuine: its reference and its code, both, and then only what the page says.
CREATE FUNCTION verify_notice(wanted text, code text)
RETURNS TABLE (reference text, holder text, verified_how text, verified_at timestamptz, vendor text, recipient_domain text, served_at timestamptz, letter_sha256 text, stage text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT n.reference, o.name, o.verified_how, o.verified_at, v.name, split_part(c.address, '@', 2), n.served_at,
         (SELECT l.sha256 FROM notice_letter l WHERE l.notice_id = n.id AND l.locale = n.locale), n.stage
  FROM notice n JOIN organisation o ON o.id = n.holder_organisation_id JOIN vendor v ON v.id = n.vendor_id
  LEFT JOIN vendor_contact c ON c.id = n.contact_id
  WHERE n.reference = wanted AND n.verify_code = code AND n.begun_at IS NOT NULL $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO caveat_app, caveat_worker;
REVOKE EXECUTE ON FUNCTION compact_notice_tally() FROM caveat_app;
