-- Lists and counts of what is late read a narrow part of the notices; the conditions are those of app/notices/side.server.ts.
CREATE INDEX notice_holder_unacknowledged ON notice (holder_organisation_id, acknowledge_due_at)
  WHERE acknowledged_at IS NULL AND stage IN ('sent', 'delivered');
CREATE INDEX notice_vendor_unacknowledged ON notice (vendor_id, acknowledge_due_at)
  WHERE acknowledged_at IS NULL AND stage IN ('sent', 'delivered');
CREATE INDEX notice_holder_undecided ON notice (holder_organisation_id, decide_due_at)
  WHERE stage IN ('sent', 'delivered', 'acknowledged', 'in_review');
CREATE INDEX notice_vendor_undecided ON notice (vendor_id, decide_due_at)
  WHERE stage IN ('sent', 'delivered', 'acknowledged', 'in_review');
CREATE INDEX notice_holder_bounced ON notice (holder_organisation_id, undeliverable_at) WHERE undeliverable_at IS NOT NULL;
-- The policy of organisation asks whether it filed a notice.
CREATE INDEX notice_filed_by ON notice (filed_by_organisation_id);
CREATE INDEX notice_vendor_reference ON notice (vendor_reference) WHERE vendor_reference IS NOT NULL;
CREATE INDEX notice_matter_number ON notice (matter_number) WHERE matter_number IS NOT NULL;
