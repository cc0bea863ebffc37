-- A mandate names catalogues of its member and of nobody else, whoever writes it and through whichever door.

-- Whether all of these are catalogues of the member of a mandate. Says nothing about whose others are.
CREATE FUNCTION catalogues_of_member(target uuid, named uuid[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT NOT EXISTS (
  SELECT FROM unnest(named) n(id) WHERE NOT EXISTS (
    SELECT FROM catalogue c JOIN mandate m ON m.member_id = c.organisation_id WHERE c.id = n.id AND m.id = target)) $$;

-- Asked when a version is written, and once more when it is accepted: what was offered before this rule counts no more than the rest.
CREATE FUNCTION check_mandate_catalogues() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF NEW.catalogues IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.accepted_at IS NULL AND NEW.accepted_at IS NOT NULL)
     AND NOT catalogues_of_member(NEW.mandate_id, NEW.catalogues) THEN
    RAISE EXCEPTION 'Version % of mandate % names a catalogue that is not its member''s.', NEW.version, NEW.mandate_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER mandate_version_catalogues BEFORE INSERT OR UPDATE ON mandate_version FOR EACH ROW EXECUTE FUNCTION check_mandate_catalogues();

DO $$ DECLARE f text;
BEGIN
  FOREACH f IN ARRAY ARRAY['catalogues_of_member(uuid, uuid[])', 'check_mandate_catalogues()'] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO caveat_app, caveat_worker', f);
  END LOOP;
END $$;
