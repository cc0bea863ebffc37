-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "organisation" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_other" TEXT,
    "address_lines" TEXT,
    "locality" TEXT,
    "postal_code" TEXT,
    "country" TEXT NOT NULL,
    "telephone" TEXT,
    "website" TEXT,
    "domain" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "undo_minutes" INTEGER NOT NULL DEFAULT 30,
    "four_eyes" BOOLEAN NOT NULL DEFAULT false,
    "is_demo" BOOLEAN NOT NULL DEFAULT false,
    "verified_at" TIMESTAMPTZ(3),
    "verified_how" TEXT,
    "verified_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_other" TEXT,
    "email" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "theme" TEXT,
    "shortcuts" BOOLEAN NOT NULL DEFAULT true,
    "is_demo" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "invited_by" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "accepted_by" UUID,
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "catalogue" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "current_version" INTEGER NOT NULL DEFAULT 0,
    "is_sample" BOOLEAN NOT NULL DEFAULT false,
    "credit" TEXT,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "catalogue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "catalogue_version" (
    "catalogue_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "source_name" TEXT,
    "source_sha256" TEXT,
    "works_count" INTEGER NOT NULL,
    "works_sha256" TEXT NOT NULL,
    "added" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "removed" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "made_by" UUID,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "catalogue_version_pkey" PRIMARY KEY ("catalogue_id","version")
);

-- CreateTable
CREATE TABLE "work" (
    "catalogue_id" UUID NOT NULL,
    "work_id" UUID NOT NULL,
    "valid_from" INTEGER NOT NULL,
    "valid_to" INTEGER,
    "external_id" TEXT NOT NULL,
    "kind" TEXT,
    "parent_work_id" UUID,
    "title" TEXT NOT NULL,
    "titles" JSONB NOT NULL DEFAULT '{}',
    "creators" TEXT,
    "year" INTEGER,
    "released_on" DATE,
    "released_precision" TEXT,
    "rights" JSONB NOT NULL DEFAULT '{}',
    "search_text" TEXT NOT NULL,
    "row_sha256" TEXT NOT NULL,

    CONSTRAINT "work_pkey" PRIMARY KEY ("catalogue_id","work_id","valid_from")
);

-- CreateTable
CREATE TABLE "work_identifier" (
    "catalogue_id" UUID NOT NULL,
    "work_id" UUID NOT NULL,
    "scheme" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "raw" TEXT NOT NULL,
    "valid" BOOLEAN NOT NULL DEFAULT true,
    "valid_from" INTEGER NOT NULL,
    "valid_to" INTEGER,

    CONSTRAINT "work_identifier_pkey" PRIMARY KEY ("catalogue_id","work_id","scheme","value","valid_from")
);

-- CreateTable
CREATE TABLE "work_location" (
    "catalogue_id" UUID NOT NULL,
    "work_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "canonical_url" TEXT NOT NULL,
    "url_sha256" BYTEA NOT NULL,
    "valid_from" INTEGER NOT NULL,
    "valid_to" INTEGER,

    CONSTRAINT "work_location_pkey" PRIMARY KEY ("catalogue_id","work_id","url_sha256","valid_from")
);

-- CreateTable
CREATE TABLE "catalogue_import" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "catalogue_id" UUID NOT NULL,
    "requested_by" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "file_sha256" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "file_bytes" BIGINT NOT NULL,
    "encoding" TEXT,
    "separator" TEXT,
    "mapping" JSONB,
    "replace_missing" BOOLEAN NOT NULL DEFAULT false,
    "preview" JSONB,
    "rows_total" INTEGER,
    "rows_read" INTEGER NOT NULL DEFAULT 0,
    "counts" JSONB,
    "rejects_sha256" TEXT,
    "version" INTEGER,
    "failure" TEXT,
    "stop_requested" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "catalogue_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "filing_draft" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "content" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "references" JSONB NOT NULL DEFAULT '{}',
    "filing_id" UUID,
    "created_by" UUID NOT NULL,
    "updated_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "filing_draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "filing" (
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "filed_by_organisation_id" UUID NOT NULL,
    "submitted_by" UUID NOT NULL,
    "draft_id" UUID,
    "kind" TEXT NOT NULL,
    "signatory_name" TEXT NOT NULL,
    "signatory_capacity" TEXT NOT NULL,
    "statements" JSONB NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "mandate_versions" JSONB NOT NULL DEFAULT '[]',
    "idempotency_key" TEXT NOT NULL,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,
    "send_at" TIMESTAMPTZ(3) NOT NULL,
    "recalled_at" TIMESTAMPTZ(3),

    CONSTRAINT "filing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency" (
    "organisation_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "request_sha256" TEXT NOT NULL,
    "response" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_pkey" PRIMARY KEY ("organisation_id","key")
);

-- CreateTable
CREATE TABLE "job" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "organisation_id" UUID,
    "requested_by" UUID,
    "status" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "run_at" TIMESTAMPTZ(3) NOT NULL,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeat" (
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "heartbeat_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "mail_duty" (
    "id" UUID NOT NULL,
    "notice_id" UUID,
    "event_sequence" INTEGER,
    "kind" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "organisation_id" UUID,
    "person_id" UUID,
    "address" TEXT,
    "locale" TEXT,
    "facts" JSONB,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),

    CONSTRAINT "mail_duty_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outgoing_mail" (
    "id" UUID NOT NULL,
    "duty_id" UUID NOT NULL,
    "notice_id" UUID,
    "kind" TEXT NOT NULL,
    "to_address" TEXT NOT NULL,
    "person_id" UUID,
    "contact_id" UUID,
    "link_id" UUID,
    "locale" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,
    "raw_sha256" TEXT,
    "status" TEXT NOT NULL,
    "lease_until" TIMESTAMPTZ(3),
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "accepted_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "last_response" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "outgoing_mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_raw" (
    "mail_id" UUID NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "mail_raw_pkey" PRIMARY KEY ("mail_id")
);

-- CreateTable
CREATE TABLE "mail_attempt" (
    "mail_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "reached" TEXT,
    "result" TEXT NOT NULL,
    "code" INTEGER,
    "response" TEXT,

    CONSTRAINT "mail_attempt_pkey" PRIMARY KEY ("mail_id","number")
);

-- CreateTable
CREATE TABLE "notice" (
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "filing_id" UUID NOT NULL,
    "holder_organisation_id" UUID NOT NULL,
    "filed_by_organisation_id" UUID NOT NULL,
    "vendor_id" UUID NOT NULL,
    "contact_id" UUID,
    "kind" TEXT NOT NULL,
    "stance" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "matter_number" TEXT,
    "paragraph" TEXT,
    "scope_id" UUID NOT NULL,
    "works_count" INTEGER NOT NULL,
    "stage" TEXT NOT NULL,
    "escalation" TEXT NOT NULL DEFAULT 'none',
    "outcome" TEXT NOT NULL DEFAULT 'pending',
    "visibility" TEXT NOT NULL DEFAULT 'private',
    "last_sequence" INTEGER NOT NULL,
    "last_hash" TEXT NOT NULL,
    "verify_code" TEXT NOT NULL,
    "vendor_reference" TEXT,
    "waiting_on" TEXT NOT NULL,
    "acknowledge_days" INTEGER NOT NULL DEFAULT 5,
    "decide_days" INTEGER NOT NULL,
    "send_at" TIMESTAMPTZ(3) NOT NULL,
    "begun_at" TIMESTAMPTZ(3),
    "served_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "acknowledged_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),
    "undeliverable_at" TIMESTAMPTZ(3),
    "acknowledge_by" DATE,
    "decide_by" DATE,
    "challenge_by" DATE,
    "acknowledge_due_at" TIMESTAMPTZ(3),
    "decide_due_at" TIMESTAMPTZ(3),
    "challenge_due_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_basis" (
    "notice_id" UUID NOT NULL,
    "basis" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "notice_basis_pkey" PRIMARY KEY ("notice_id","basis")
);

-- CreateTable
CREATE TABLE "notice_letter" (
    "id" UUID NOT NULL,
    "notice_id" UUID NOT NULL,
    "locale" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "blocks" JSONB NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "notice_letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_scope" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "catalogue_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "works_count" INTEGER NOT NULL,
    "works_sha256" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_scope_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_scope_work" (
    "scope_id" UUID NOT NULL,
    "work_id" UUID NOT NULL,

    CONSTRAINT "notice_scope_work_pkey" PRIMARY KEY ("scope_id","work_id")
);

-- CreateTable
CREATE TABLE "notice_measure" (
    "notice_id" UUID NOT NULL,
    "measure" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "detail" TEXT,
    "default_outcome" TEXT NOT NULL DEFAULT 'pending',
    "default_code" TEXT,
    "default_text" TEXT,
    "effective_on" DATE,
    "event_sequence" INTEGER,

    CONSTRAINT "notice_measure_pkey" PRIMARY KEY ("notice_id","measure")
);

-- CreateTable
CREATE TABLE "outcome_cell" (
    "notice_id" UUID NOT NULL,
    "work_id" UUID NOT NULL,
    "measure" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "code" TEXT,
    "text" TEXT,
    "effective_on" DATE,
    "event_sequence" INTEGER NOT NULL,

    CONSTRAINT "outcome_cell_pkey" PRIMARY KEY ("notice_id","work_id","measure")
);

-- CreateTable
CREATE TABLE "outcome_cell_history" (
    "id" UUID NOT NULL,
    "notice_id" UUID NOT NULL,
    "work_id" UUID,
    "measure" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "code" TEXT,
    "text" TEXT,
    "effective_on" DATE,
    "event_sequence" INTEGER NOT NULL,
    "replaced_by" INTEGER NOT NULL,

    CONSTRAINT "outcome_cell_history_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_event" (
    "notice_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "payload" JSONB NOT NULL,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL,

    CONSTRAINT "notice_event_pkey" PRIMARY KEY ("notice_id","sequence")
);

-- CreateTable
CREATE TABLE "event_person" (
    "notice_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "salt" TEXT NOT NULL,
    "facts" JSONB,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "event_person_pkey" PRIMARY KEY ("notice_id","sequence")
);

-- CreateTable
CREATE TABLE "clock" (
    "notice_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "due_on" DATE NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "paused_at" TIMESTAMPTZ(3),
    "days_left" INTEGER,
    "met_at" TIMESTAMPTZ(3),
    "computed" JSONB NOT NULL,

    CONSTRAINT "clock_pkey" PRIMARY KEY ("notice_id","kind")
);

-- CreateTable
CREATE TABLE "notice_tally" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "holder_organisation_id" UUID NOT NULL,
    "vendor_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "notice_tally_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_link" (
    "id" UUID NOT NULL,
    "notice_id" UUID NOT NULL,
    "contact_id" UUID,
    "address" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "read_only_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "link_access" (
    "id" UUID NOT NULL,
    "link_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "method" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "network_address" TEXT,
    "user_agent" TEXT,

    CONSTRAINT "link_access_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vendor" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_other" TEXT,
    "organisation_id" UUID,
    "is_invented" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "vendor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vendor_fact" (
    "id" UUID NOT NULL,
    "vendor_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "note" TEXT,
    "source_url" TEXT,
    "source_on" DATE,
    "added_by" UUID,
    "retired_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "vendor_fact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vendor_contact" (
    "id" UUID NOT NULL,
    "vendor_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "country" TEXT,
    "region" TEXT,
    "time_zone" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "verified_at" TIMESTAMPTZ(3),
    "verified_by" UUID,
    "verified_how" TEXT,
    "retired_at" TIMESTAMPTZ(3),
    "last_delivered_at" TIMESTAMPTZ(3),
    "last_failed_at" TIMESTAMPTZ(3),
    "last_failure" TEXT,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "vendor_contact_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "organisation_slug_key" ON "organisation"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

-- CreateIndex
CREATE INDEX "membership_organisation_id_idx" ON "membership"("organisation_id");

-- CreateIndex
CREATE UNIQUE INDEX "membership_person_id_organisation_id_key" ON "membership"("person_id", "organisation_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE INDEX "invitation_organisation_id_created_at_idx" ON "invitation"("organisation_id", "created_at");

-- CreateIndex
CREATE INDEX "catalogue_organisation_id_name_id_idx" ON "catalogue"("organisation_id", "name", "id");

-- CreateIndex
CREATE INDEX "work_identifier_scheme_value_idx" ON "work_identifier"("scheme", "value");

-- CreateIndex
CREATE INDEX "work_location_url_sha256_idx" ON "work_location"("url_sha256");

-- CreateIndex
CREATE INDEX "catalogue_import_catalogue_id_created_at_idx" ON "catalogue_import"("catalogue_id", "created_at");

-- CreateIndex
CREATE INDEX "catalogue_import_organisation_id_created_at_idx" ON "catalogue_import"("organisation_id", "created_at");

-- CreateIndex
CREATE INDEX "filing_draft_organisation_id_updated_at_idx" ON "filing_draft"("organisation_id", "updated_at");

-- CreateIndex
CREATE UNIQUE INDEX "filing_reference_key" ON "filing"("reference");

-- CreateIndex
CREATE INDEX "filing_filed_by_organisation_id_id_idx" ON "filing"("filed_by_organisation_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "filing_filed_by_organisation_id_idempotency_key_key" ON "filing"("filed_by_organisation_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "job_status_run_at_idx" ON "job"("status", "run_at");

-- CreateIndex
CREATE UNIQUE INDEX "mail_duty_notice_id_event_sequence_kind_audience_key" ON "mail_duty"("notice_id", "event_sequence", "kind", "audience");

-- CreateIndex
CREATE UNIQUE INDEX "outgoing_mail_message_id_key" ON "outgoing_mail"("message_id");

-- CreateIndex
CREATE INDEX "outgoing_mail_notice_id_created_at_idx" ON "outgoing_mail"("notice_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "outgoing_mail_duty_id_to_address_key" ON "outgoing_mail"("duty_id", "to_address");

-- CreateIndex
CREATE UNIQUE INDEX "notice_reference_key" ON "notice"("reference");

-- CreateIndex
CREATE UNIQUE INDEX "notice_filing_id_holder_organisation_id_vendor_id_key" ON "notice"("filing_id", "holder_organisation_id", "vendor_id");

-- CreateIndex
CREATE UNIQUE INDEX "notice_letter_notice_id_locale_key" ON "notice_letter"("notice_id", "locale");

-- CreateIndex
CREATE INDEX "outcome_cell_history_notice_id_work_id_measure_idx" ON "outcome_cell_history"("notice_id", "work_id", "measure");

-- CreateIndex
CREATE INDEX "notice_tally_holder_organisation_id_kind_stage_outcome_idx" ON "notice_tally"("holder_organisation_id", "kind", "stage", "outcome");

-- CreateIndex
CREATE INDEX "notice_tally_vendor_id_stage_idx" ON "notice_tally"("vendor_id", "stage");

-- CreateIndex
CREATE INDEX "notice_link_notice_id_idx" ON "notice_link"("notice_id");

-- CreateIndex
CREATE INDEX "link_access_link_id_at_idx" ON "link_access"("link_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "vendor_slug_key" ON "vendor"("slug");

-- CreateIndex
CREATE INDEX "vendor_name_id_idx" ON "vendor"("name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "vendor_organisation_id_key" ON "vendor"("organisation_id");

-- CreateIndex
CREATE INDEX "vendor_fact_vendor_id_kind_idx" ON "vendor_fact"("vendor_id", "kind");

-- CreateIndex
CREATE INDEX "vendor_contact_vendor_id_purpose_idx" ON "vendor_contact"("vendor_id", "purpose");

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_invited_by_fkey" FOREIGN KEY ("invited_by") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "catalogue" ADD CONSTRAINT "catalogue_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "catalogue_version" ADD CONSTRAINT "catalogue_version_catalogue_id_fkey" FOREIGN KEY ("catalogue_id") REFERENCES "catalogue"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "work" ADD CONSTRAINT "work_catalogue_id_fkey" FOREIGN KEY ("catalogue_id") REFERENCES "catalogue"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "work_identifier" ADD CONSTRAINT "work_identifier_catalogue_id_fkey" FOREIGN KEY ("catalogue_id") REFERENCES "catalogue"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "work_location" ADD CONSTRAINT "work_location_catalogue_id_fkey" FOREIGN KEY ("catalogue_id") REFERENCES "catalogue"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "catalogue_import" ADD CONSTRAINT "catalogue_import_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "catalogue_import" ADD CONSTRAINT "catalogue_import_catalogue_id_fkey" FOREIGN KEY ("catalogue_id") REFERENCES "catalogue"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "catalogue_import" ADD CONSTRAINT "catalogue_import_requested_by_fkey" FOREIGN KEY ("requested_by") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "filing_draft" ADD CONSTRAINT "filing_draft_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "filing_draft" ADD CONSTRAINT "filing_draft_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "filing" ADD CONSTRAINT "filing_filed_by_organisation_id_fkey" FOREIGN KEY ("filed_by_organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "filing" ADD CONSTRAINT "filing_submitted_by_fkey" FOREIGN KEY ("submitted_by") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "idempotency" ADD CONSTRAINT "idempotency_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "mail_duty" ADD CONSTRAINT "mail_duty_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "mail_duty" ADD CONSTRAINT "mail_duty_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "outgoing_mail" ADD CONSTRAINT "outgoing_mail_duty_id_fkey" FOREIGN KEY ("duty_id") REFERENCES "mail_duty"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "outgoing_mail" ADD CONSTRAINT "outgoing_mail_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "mail_raw" ADD CONSTRAINT "mail_raw_mail_id_fkey" FOREIGN KEY ("mail_id") REFERENCES "outgoing_mail"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "mail_attempt" ADD CONSTRAINT "mail_attempt_mail_id_fkey" FOREIGN KEY ("mail_id") REFERENCES "outgoing_mail"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_filing_id_fkey" FOREIGN KEY ("filing_id") REFERENCES "filing"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_holder_organisation_id_fkey" FOREIGN KEY ("holder_organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_filed_by_organisation_id_fkey" FOREIGN KEY ("filed_by_organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_vendor_id_fkey" FOREIGN KEY ("vendor_id") REFERENCES "vendor"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "vendor_contact"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "notice_scope"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notice_basis" ADD CONSTRAINT "notice_basis_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notice_letter" ADD CONSTRAINT "notice_letter_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notice_scope" ADD CONSTRAINT "notice_scope_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notice_scope" ADD CONSTRAINT "notice_scope_catalogue_id_fkey" FOREIGN KEY ("catalogue_id") REFERENCES "catalogue"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notice_scope_work" ADD CONSTRAINT "notice_scope_work_scope_id_fkey" FOREIGN KEY ("scope_id") REFERENCES "notice_scope"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notice_measure" ADD CONSTRAINT "notice_measure_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "outcome_cell" ADD CONSTRAINT "outcome_cell_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "outcome_cell_history" ADD CONSTRAINT "outcome_cell_history_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notice_event" ADD CONSTRAINT "notice_event_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "event_person" ADD CONSTRAINT "event_person_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "clock" ADD CONSTRAINT "clock_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notice_link" ADD CONSTRAINT "notice_link_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "notice_link" ADD CONSTRAINT "notice_link_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "vendor_contact"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "link_access" ADD CONSTRAINT "link_access_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "notice_link"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "vendor" ADD CONSTRAINT "vendor_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "vendor_fact" ADD CONSTRAINT "vendor_fact_vendor_id_fkey" FOREIGN KEY ("vendor_id") REFERENCES "vendor"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "vendor_contact" ADD CONSTRAINT "vendor_contact_vendor_id_fkey" FOREIGN KEY ("vendor_id") REFERENCES "vendor"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
