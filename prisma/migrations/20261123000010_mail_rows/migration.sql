-- A mail's row is changed three times in seconds. Its indexes no longer name what changes before the server has taken the
-- mail, and its pages keep room, so that these changes write no index anew. The primary key serves the newest first.
DROP INDEX outgoing_mail_due;
DROP INDEX outgoing_mail_recent;
CREATE INDEX outgoing_mail_waiting ON outgoing_mail (next_attempt_at) WHERE accepted_at IS NULL;
ALTER TABLE outgoing_mail SET (fillfactor = 60);
ALTER TABLE mail_attempt SET (fillfactor = 80);
ALTER TABLE mail_duty SET (fillfactor = 80);
