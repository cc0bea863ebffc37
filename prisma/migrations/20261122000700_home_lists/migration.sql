-- The first page shows the latest answers to a holder.
CREATE INDEX notice_holder_acknowledged ON notice (holder_organisation_id, acknowledged_at DESC) WHERE acknowledged_at IS NOT NULL;
CREATE INDEX notice_holder_decided ON notice (holder_organisation_id, decided_at DESC) WHERE decided_at IS NOT NULL;
