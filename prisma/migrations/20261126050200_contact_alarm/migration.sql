-- Whoever keeps the directory hears of a contact whose mail comes back.
ALTER TABLE portal_alarm DROP CONSTRAINT portal_alarm_condition_check;
ALTER TABLE portal_alarm ADD CONSTRAINT portal_alarm_condition_check
  CHECK (condition IN ('mail_waits', 'mail_held', 'jobs_failed', 'ledger_broken', 'process_silent', 'contact_fails'));
COMMENT ON COLUMN portal_alarm.subject IS 'Which process is silent, or the vendor whose contact fails; else empty.';
