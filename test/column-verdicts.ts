/**
 * Who may come to see what stands in a column: `public` everybody, `signed` whoever is signed in, `sides` both sides of the
 * notice (and no third), `confidential` the holder's side alone, in rows that the database gives to nobody else, `own` the
 * organisation's members alone, `run` those and the operator, `vendor` the vendor's side
 * alone, `never` nobody but the machine, and `words` for fixed words, hashes, numbers and ids that tell nothing.
 */
export type ColumnVerdict =
  | 'public'
  | 'signed'
  | 'sides'
  | 'confidential'
  | 'own'
  | 'run'
  | 'vendor'
  | 'never'
  | 'words'

type Verdicts = Partial<Record<ColumnVerdict, string>>

/** The verdict on every column that holds text, a list or JSON, by table; sign-in tables with their schema. */
export const columnVerdicts: Readonly<Record<string, Verdicts>> = {
  'caveat_auth.account': {
    never: 'access_token refresh_token id_token scope password',
    words: 'account_id provider_id',
  },
  'caveat_auth.passkey': { never: 'public_key credential_id', own: 'name', words: 'device_type transports aaguid' },
  'caveat_auth.rate_limit': { never: 'key' },
  'caveat_auth.session': { never: 'token', own: 'ip_address user_agent' },
  'caveat_auth.two_factor': { never: 'secret backup_codes' },
  'caveat_auth.user': { own: 'name email image' },
  'caveat_auth.verification': { never: 'id identifier value' },
  alarm_sweep: { words: 'name' },
  answer_sheet: {
    vendor: 'file_name sheet bearer failure',
    words: 'locale status file_sha256 encoding separator result_sha256',
  },
  answer_sheet_row: {
    vendor: 'external_id title folded_title text detail because',
    words: 'measure outcome code fault verdict',
  },
  audit_entry: { own: 'facts', words: 'kind actor' },
  audit_origin: { own: 'network_address browser' },
  catalogue: { sides: 'name credit' },
  catalogue_import: {
    own: 'file_name mapping preview sheet failure',
    words: 'status file_sha256 encoding separator counts rejects_sha256',
  },
  catalogue_version: { own: 'source_name', words: 'source_sha256 works_sha256' },
  closing_file: { words: 'sha256' },
  clock: { sides: 'computed', words: 'kind' },
  contact_suggestion: { run: 'address source', words: 'locale state' },
  domain_proof: { run: 'domain token', words: 'fault how' },
  event_person: { sides: 'facts', never: 'salt' },
  evidence: { own: 'name search_text capture', words: 'sha256 media_type' },
  evidence_access: { own: 'network_address user_agent', words: 'what' },
  evidence_upload: { own: 'name', words: 'fingerprint parts' },
  filing: {
    own: 'idempotency_key',
    sides: 'signatory_name signatory_capacity',
    words: 'reference kind statements mandate_versions',
  },
  filing_draft: { own: 'content', words: 'references' },
  heartbeat: { words: 'name' },
  idempotency: { never: 'key', own: 'response', words: 'request_sha256' },
  inbound_guess: { run: 'reasons' },
  inbound_mail: {
    run: 'envelope_from envelope_to remote_address helo subject from_address from_name authentication last_error message_id',
    words: 'sha256 route status kind place tags body_sha256',
  },
  inbound_raw: { words: 'sha256' },
  invitation: { own: 'email', never: 'token_hash', words: 'role' },
  job: { run: 'last_error', words: 'kind status' },
  kept_choices: { own: 'choices', words: 'step' },
  link_access: { never: 'network_address user_agent', words: 'method what' },
  mail_attempt: { run: 'response', words: 'reached result' },
  mail_choice: { words: 'topic choice' },
  mail_duty: { run: 'address facts', words: 'kind audience locale' },
  mail_line: { words: 'kind' },
  mail_refusal: { run: 'address', words: 'topic' },
  mandate_grant: { words: 'scopes measures' },
  mandate_version: {
    own: 'signatory_name signatory_capacity document_name',
    words: 'scopes measures document_sha256',
  },
  membership: { words: 'role' },
  message_attachment: { sides: 'name', words: 'media_type sha256' },
  notice: {
    sides: 'paragraph verify_code vendor_reference',
    words: 'reference kind stance locale stage outcome visibility last_hash waiting_on',
  },
  notice_private: { confidential: 'matter_number escalation' },
  filing_private: { confidential: 'returned_note' },
  notice_basis: { words: 'basis' },
  notice_event: { sides: 'payload', words: 'type actor channel previous hash' },
  notice_letter: { sides: 'text blocks facts', words: 'locale sha256' },
  notice_link: { run: 'address', words: 'locale' },
  notice_location: { sides: 'url work_title' },
  notice_measure: { sides: 'detail default_text', words: 'measure default_outcome default_code' },
  notice_message: {
    sides: 'author_name author_address subject fresh quoted',
    words: 'side channel held sender',
  },
  notice_scope: { words: 'kind works_sha256' },
  notice_tally: { words: 'kind stage outcome' },
  organisation: {
    sides: 'slug name name_other address_lines locality postal_code country telephone website domain time_zone',
    words: 'kind locale verified_how domain_how',
  },
  outcome_cell: { sides: 'text', words: 'measure outcome code' },
  outcome_cell_history: { sides: 'text', words: 'measure outcome code' },
  outgoing_mail: { run: 'to_address last_response message_id', words: 'kind locale raw_sha256 status' },
  person: { run: 'name name_other email', words: 'locale time_zone theme' },
  question: { words: 'kind reasons works_kind ended_how' },
  question_file: { sides: 'name', words: 'media_type sha256' },
  portal_alarm: { words: 'condition subject' },
  related_notice: { words: 'relation' },
  sweep_walk: { words: 'name' },
  vendor: { public: 'slug name name_other' },
  vendor_claim: { run: 'domain' },
  vendor_contact: {
    signed: 'address country region time_zone locale verified_how last_failure',
    words: 'purpose channel',
  },
  vendor_contact_code: { never: 'code_hash' },
  vendor_correction: { run: 'value source_url note reason', words: 'kind purpose state' },
  vendor_fact: { public: 'value note source_url', words: 'kind' },
  work: { sides: 'external_id title titles creators rights search_text', words: 'kind released_precision row_sha256' },
  work_identifier: { sides: 'value raw', words: 'scheme' },
  work_location: { sides: 'canonical_url', words: 'kind' },
  collective_filing: { own: 'content idempotency_key called_off_because', words: 'reference state' },
  collective_left_out: { words: 'because' },
  collective_letter: { sides: 'text blocks schedule', words: 'locale sha256 schedule_sha256' },
  collective_link: { run: 'address', words: 'locale' },
  collective_news: { words: 'kind' },
  collective_member: { own: 'works paragraph', words: 'state annex' },
  coverage_tally: { words: 'kind measures' },
  joint_claim: { own: 'title' },
  joint_count: { words: 'signature vendors vendors_signature' },
  joint_work: { own: 'value title', words: 'scheme' },
  mandate_batch: { own: 'file_name results' },
  mandate_invitation: { own: 'email name', words: 'scopes' },
  notice_note: { own: 'text' },
  notice_tag: { own: 'tag' },
  saved_view: { own: 'name query' },
  bulk_act: { own: 'options selection failure', words: 'act locale result_sha256 status' },
  bulk_row: { words: 'because reference stage status' },
  data_export: { words: 'locale sha256 status' },
  member_export: { words: 'format sha256' },
}
