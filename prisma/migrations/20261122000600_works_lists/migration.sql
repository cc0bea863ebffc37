-- Lists of works in the order of their titles, page by page. A title can be longer than an index entry may be, so its
-- beginning is what the order goes by; the id decides between equal beginnings.
CREATE INDEX work_by_title_start ON work (catalogue_id, left(title, 200), work_id) WHERE valid_to IS NULL;

-- The works of a version, after or before one of them. As a definer, since LIKE and left() are not leakproof: under row
-- security they would keep the index out. Membership is checked first.
CREATE FUNCTION list_works(
  wanted uuid, at_version integer, of_kind text, fragment text, from_start text, from_id uuid, backwards boolean, most integer
) RETURNS TABLE (work_id uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  is_current boolean;
BEGIN
  SELECT c.current_version = at_version INTO is_current FROM catalogue c WHERE c.id = wanted AND c.id IN (SELECT my_catalogues());
  IF is_current IS NULL THEN RETURN; END IF;
  RETURN QUERY EXECUTE 'SELECT w.work_id FROM work w WHERE w.catalogue_id = $1'
    || CASE WHEN is_current THEN ' AND w.valid_to IS NULL'
            ELSE ' AND w.valid_from <= $2 AND (w.valid_to IS NULL OR w.valid_to > $2)' END
    || CASE WHEN of_kind IS NULL THEN '' ELSE ' AND w.kind = $3' END
    || CASE WHEN fragment = '' THEN '' ELSE ' AND w.search_text LIKE $4' END
    || CASE WHEN from_id IS NULL THEN '' WHEN backwards THEN ' AND (left(w.title, 200), w.work_id) < ($5, $6)'
            ELSE ' AND (left(w.title, 200), w.work_id) > ($5, $6)' END
    || CASE WHEN backwards THEN ' ORDER BY left(w.title, 200) DESC, w.work_id DESC' ELSE ' ORDER BY left(w.title, 200), w.work_id' END
    || ' LIMIT $7'
    USING wanted, at_version, of_kind, '%' || replace(replace(replace(fragment, '\', '\\'), '%', '\%'), '_', '\_') || '%',
      from_start, from_id, most;
END $$;
REVOKE ALL ON FUNCTION list_works(uuid, integer, text, text, text, uuid, boolean, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION list_works(uuid, integer, text, text, text, uuid, boolean, integer) TO caveat_app;
