-- One name, one meaning: vendor_claims(uuid[]) tells who claims the entries of vendors, and this sums notices and the works they name.
ALTER FUNCTION vendor_claims(uuid) RENAME TO vendor_sums;

CREATE OR REPLACE FUNCTION uncounted_vendor_works(at timestamptz) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT k.association_id FROM joint_count k
  WHERE (k.vendors_counted_at IS NULL OR k.vendors_counted_at + make_interval(secs => least(greatest(k.vendors_took_ms - 500, 0) * 20 / 1000.0, 3600)) <= at)
    AND k.signature = joint_signature(k.association_id)
    AND (k.vendors_signature <> vendor_works_signature(k.association_id) OR EXISTS (
      SELECT FROM vendor_sums(k.association_id) c FULL JOIN jsonb_each(k.vendors) s ON s.key = c.vendor_id::text
      WHERE (c.notices, c.claims) IS DISTINCT FROM ((s.value ->> 0)::bigint, (s.value ->> 1)::bigint))) $$;
