import type { OrganisationKind } from '#app/accounts/organisation.ts'
import { m } from '#app/generated/messages/messages.js'

import type { JobStatus } from './jobs.ts'
import type { MailAttempt, MailStatus } from './mails.ts'

/** Why an act of the operator was refused, as a sentence that says that nothing was changed. */
export const refusalWords = {
  'not-operator': () => m.operator_refused_not_operator(),
  'no-vendor': () => m.operator_refused_no_vendor(),
  'no-fact': () => m.operator_refused_no_fact(),
  'no-contact': () => m.operator_refused_no_contact(),
  'already-there': () => m.operator_refused_already_there(),
  retired: () => m.operator_refused_retired(),
  'already-verified': () => m.operator_refused_already_verified(),
  'country-missing': () => m.operator_refused_country_missing(),
  'time-zone-missing': () => m.operator_refused_time_zone_missing(),
  'no-organisation': () => m.operator_refused_no_organisation(),
  'no-vendor-organisation': () => m.operator_refused_no_vendor_organisation(),
  'not-verified': () => m.operator_refused_not_verified(),
  'vendor-claimed': () => m.operator_refused_vendor_claimed(),
  'organisation-linked': () => m.operator_refused_organisation_linked(),
  'not-linked': () => m.operator_refused_not_linked(),
  'not-held': () => m.privacy_held_refused(),
  'not-failed': () => m.operator_refused_not_failed(),
  'no-correction': () => m.security_refused_no_correction(),
  'no-claim': () => m.security_refused_no_claim(),
  'no-notice': () => m.replies_refused_no_notice(),
  'not-waiting': () => m.replies_refused_not_waiting(),
} satisfies Record<string, () => string>

/** Why an act of the operator was refused. */
export type OperatorRefusal = keyof typeof refusalWords

/** What the page before has done, by the word in the address. */
export const doneWords = {
  linked: (name: string) => m.operator_done_linked({ name }),
  organisation: (name: string) => m.operator_done_organisation({ name }),
  unlinked: () => m.operator_done_unlinked(),
  names: () => m.operator_done_names(),
  'fact-added': () => m.operator_done_fact_added(),
  'fact-retired': () => m.operator_done_fact_retired(),
  'contact-added': () => m.operator_done_contact_added(),
  'contact-verified': () => m.operator_done_contact_verified(),
  'contact-retired': () => m.operator_done_contact_retired(),
  'vendor-added': () => m.operator_done_vendor_added(),
  'mail-released': () => m.privacy_held_done(),
  'mail-retried': () => m.operator_done_mail_retried(),
  'job-retried': () => m.operator_done_job_retried(),
  'correction-accepted': () => m.security_corrections_done_accepted(),
  'correction-declined': () => m.security_corrections_done_declined(),
  'claim-settled': () => m.security_claims_done(),
  'reply-assigned': () => m.replies_done_assigned(),
  'reply-dismissed': () => m.replies_done_dismissed(),
  'suggestion-taken': () => m.replies_done_suggestion_taken(),
  'suggestion-confirmed': () => m.replies_done_suggestion_confirmed(),
  'suggestion-declined': () => m.replies_done_suggestion_declined(),
} satisfies Record<string, (name: string) => string>

/** A word in the address that says what was done. */
export type Done = keyof typeof doneWords

/** What an address says was done, or null. */
export function readDone(url: string): Done | null {
  const word = new URL(url).searchParams.get('done') ?? ''
  return isDone(word) ? word : null
}

function isDone(word: string): word is Done {
  return Object.hasOwn(doneWords, word)
}

/** Names a kind of organisation. */
export const kindWords = {
  rights_holder: () => m.operator_kind_rights_holder(),
  vendor: () => m.operator_kind_vendor(),
  association: () => m.operator_kind_association(),
  operator: () => m.operator_kind_operator(),
} satisfies Record<OrganisationKind, () => string>

/** Names the state of a mail. */
export const mailStatusWords = {
  queued: () => m.operator_mail_status_queued(),
  sending: () => m.operator_mail_status_sending(),
  accepted: () => m.operator_mail_status_accepted(),
  deferred: () => m.operator_mail_status_deferred(),
  delivered: () => m.operator_mail_status_delivered(),
  bounced: () => m.operator_mail_status_bounced(),
  failed: () => m.operator_mail_status_failed(),
  cancelled: () => m.operator_mail_status_cancelled(),
} satisfies Record<MailStatus, () => string>

/** Names how an attempt ended. */
export const attemptWords = {
  running: () => m.operator_mail_result_running(),
  accepted: () => m.operator_mail_result_accepted(),
  deferred: () => m.operator_mail_result_deferred(),
  refused: () => m.operator_mail_result_refused(),
  ambiguous: () => m.operator_mail_result_ambiguous(),
} satisfies Record<MailAttempt['result'], () => string>

/** Names the state of a job. */
export const jobStatusWords = {
  queued: () => m.operator_jobs_status_queued(),
  running: () => m.operator_jobs_status_running(),
  done: () => m.operator_jobs_status_done(),
  failed: () => m.operator_jobs_status_failed(),
  stopped: () => m.operator_jobs_status_stopped(),
} satisfies Record<JobStatus, () => string>

const mailKinds: Readonly<Record<string, () => string>> = {
  'confirm-address': () => m.operator_mail_kind_confirm_address(),
  'reset-password': () => m.operator_mail_kind_reset_password(),
  'already-registered': () => m.operator_mail_kind_already_registered(),
  invitation: () => m.operator_mail_kind_invitation(),
  'import-finished': () => m.operator_mail_kind_import_finished(),
  'new-sign-in': () => m.security_kind_new_sign_in(),
  'account-changed': () => m.security_kind_account_changed(),
  'export-ready': () => m.privacy_kind_export_ready(),
  'portal-alarm': () => m.operator_alarm_mail_kind(),
  'domain-missing': () => m.security_kind_domain_missing(),
  'organisation-closing': () => m.closing_kind_asked(),
  'organisation-closing-soon': () => m.closing_kind_soon(),
  'organisation-erased': () => m.closing_kind_erased(),
  'contact-code': () => m.security_kind_contact_code(),
  'correction-answered': () => m.security_kind_correction_answered(),
  'mandate-offered': () => m.mandates_kind_offered(),
  'mandate-accepted': () => m.mandates_kind_accepted(),
  'mandate-declined': () => m.mandates_kind_declined(),
  'mandate-narrowed': () => m.mandates_kind_narrowed(),
  'mandate-revoked': () => m.mandates_kind_revoked(),
  'mandate-ends-soon': () => m.mandates_kind_ends_soon(),
  'mandate-ended': () => m.mandates_kind_ended(),
  'mandate-invitation': () => m.mandates_kind_invitation(),
  'notice-served': () => m.operator_mail_kind_notice_served(),
  'notice-sent': () => m.operator_mail_kind_notice_sent(),
  'notice-delivered': () => m.operator_mail_kind_notice_delivered(),
  'delivery-failed': () => m.operator_mail_kind_delivery_failed(),
  'notice-forwarded': () => m.operator_mail_kind_notice_forwarded(),
  'notice-acknowledged': () => m.operator_mail_kind_notice_acknowledged(),
  'acknowledgement-receipt': () => m.operator_mail_kind_acknowledgement_receipt(),
  'review-started': () => m.operator_mail_kind_review_started(),
  'outcomes-recorded': () => m.operator_mail_kind_outcomes_recorded(),
  'decision-declared': () => m.operator_mail_kind_decision_declared(),
  'decision-accepted': () => m.operator_mail_kind_decision_accepted(),
  'decision-lapsed': () => m.operator_mail_kind_decision_lapsed(),
  'works-withdrawn': () => m.operator_mail_kind_works_withdrawn(),
  'evidence-shared': () => m.evidence_mail_kind(),
  'notice-withdrawn': () => m.operator_mail_kind_notice_withdrawn(),
  'question-answered': () => m.notices_mail_question_answered(),
  'decision-challenged': () => m.notices_mail_decision_challenged(),
  'notice-superseded': () => m.notices_mail_notice_superseded(),
  'notice-escalated': () => m.notices_mail_notice_escalated(),
  'escalation-ended': () => m.notices_mail_escalation_ended(),
  'clock-extended': () => m.notices_mail_clock_extended(),
  'answer-code': () => m.operator_mail_kind_answer_code(),
  'question-asked': () => m.operator_mail_kind_question_asked(),
  'question-reminder': () => m.operator_mail_kind_question_reminder(),
  'question-last-reminder': () => m.operator_mail_kind_question_last_reminder(),
  'question-closed': () => m.operator_mail_kind_question_closed(),
  'notice-sent-back': () => m.operator_mail_kind_notice_sent_back(),
  'approval-needed': () => m.operator_mail_kind_approval_needed(),
  'filing-approved': () => m.operator_mail_kind_filing_approved(),
  'filing-returned': () => m.operator_mail_kind_filing_returned(),
  'association-week': () => m.operator_mail_kind_association_week(),
  'vendor-reminder': () => m.operator_mail_kind_vendor_reminder(),
  'dates-passed': () => m.operator_mail_kind_dates_passed(),
  'vendor-week': () => m.operator_mail_kind_vendor_week(),
  'notices-digest': () => m.operator_mail_kind_notices_digest(),
  'message-received': () => m.operator_mail_kind_message_received(),
  'annex-review': () => m.collective_kind_annex_review(),
  'collective-answered': () => m.collective_kind_answered(),
  'annex-called-off': () => m.collective_kind_called_off(),
  'annex-answered': () => m.collective_kind_annex_answered(),
  'collective-served': () => m.collective_kind_served(),
}

/** Names a kind of mail; one that this version does not know by its own name. */
export function mailKindWord(kind: string): string {
  return mailKinds[kind]?.() ?? kind
}

const jobKinds: Readonly<Record<string, () => string>> = {
  import: () => m.operator_jobs_kind_import(),
  'make-collective': () => m.collective_kind_making(),
  'call-off-collective': () => m.collective_kind_calling_off(),
  'preview-import': () => m.operator_jobs_kind_preview_import(),
  'check-domain': () => m.security_kind_check_domain(),
  'check-answers': () => m.sheets_job_check(),
  'record-answers': () => m.sheets_job_record(),
  'erase-person': () => m.privacy_job_erase(),
  'erase-organisation': () => m.closing_job(),
  export: () => m.privacy_job_export(),
  'bulk-act': () => m.operator_jobs_kind_bulk_act(),
}

/** Names a kind of job; one that this version does not know by its own name. */
export function jobKindWord(kind: string): string {
  return jobKinds[kind]?.() ?? kind
}
