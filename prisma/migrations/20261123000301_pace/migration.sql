-- First mails are paced per contact: an organisation may want fewer an hour than the operator lets through.
ALTER TABLE organisation ADD COLUMN first_mails_per_hour integer;
ALTER TABLE organisation ADD CONSTRAINT organisation_first_mails_sane CHECK (first_mails_per_hour BETWEEN 1 AND 1000) NOT VALID;
ALTER TABLE organisation VALIDATE CONSTRAINT organisation_first_mails_sane;
-- Whether a duty waits for its turn, so that pages can say about when it leaves.
ALTER TABLE mail_duty ADD COLUMN paced boolean NOT NULL DEFAULT false;
CREATE INDEX notice_contact_begun ON notice (contact_id, begun_at) WHERE begun_at IS NOT NULL;
