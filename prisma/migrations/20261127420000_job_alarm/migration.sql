-- A job that hangs keeps all others waiting and never fails: whoever runs the portal hears of that as well.
ALTER TABLE portal_alarm DROP CONSTRAINT portal_alarm_condition_check;
ALTER TABLE portal_alarm ADD CONSTRAINT portal_alarm_condition_check
  CHECK (condition IN ('mail_waits', 'mail_held', 'jobs_failed', 'jobs_wait', 'ledger_broken', 'process_silent', 'contact_fails'));
