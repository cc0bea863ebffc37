-- An act on many notices that an outage ended stayed failed when its job was tried again: the job found nothing to do.
CREATE OR REPLACE FUNCTION retry_job(wanted uuid, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE found job;
BEGIN
  IF NOT is_operator() THEN RETURN false; END IF;
  UPDATE job SET status = 'queued', run_at = at, lease_until = NULL, finished_at = NULL,
      kind = CASE kind WHEN 'record-answers' THEN 'check-answers' ELSE kind END
    WHERE id = wanted AND status = 'failed' RETURNING * INTO found;
  IF found.id IS NULL THEN RETURN false; END IF;
  CASE found.kind
    WHEN 'import' THEN
      UPDATE catalogue_import SET status = 'queued', failure = NULL, finished_at = NULL
        WHERE id = found.subject_id AND status IN ('running', 'failed');
    WHEN 'preview-import' THEN
      UPDATE catalogue_import SET status = 'mapping', failure = NULL, finished_at = NULL
        WHERE id = found.subject_id AND status = 'failed';
    WHEN 'check-answers' THEN
      UPDATE answer_sheet SET status = 'reading', failure = NULL, finished_at = NULL
        WHERE id = found.subject_id AND status IN ('failed', 'recording');
    WHEN 'export' THEN
      -- Unless another was ordered meanwhile: then that one is the export.
      UPDATE data_export e SET status = 'queued', finished_at = NULL
        WHERE e.id = found.subject_id AND e.status = 'failed' AND NOT EXISTS (SELECT FROM data_export o
          WHERE o.status IN ('queued', 'running') AND (o.organisation_id = e.organisation_id OR e.organisation_id IS NULL AND o.organisation_id IS NULL AND o.requested_by = e.requested_by));
    WHEN 'bulk-act' THEN
      -- With the rows that still wait, as when its asker goes on with it.
      UPDATE bulk_act SET status = 'queued', failure = NULL, finished_at = NULL
        WHERE id = found.subject_id AND status = 'failed' AND failure = 'outage';
    ELSE
      -- What the others work on has no state of failure of its own.
      NULL;
  END CASE;
  RETURN true;
END $$;
