import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'

import { roleWords } from './account-words.ts'
import type { AuditGroup, AuditKind, AuditLine } from './audit.ts'
import { isRole } from './roles.ts'

/** What a part of the record is called. */
export const auditGroupWords = {
  'sign-in': () => m.audit_group_sign_in(),
  members: () => m.audit_group_members(),
  settings: () => m.audit_group_settings(),
  domains: () => m.audit_group_domains(),
  directory: () => m.audit_group_directory(),
  mandates: () => m.audit_group_mandates(),
  exports: () => m.audit_group_exports(),
  operator: () => m.audit_group_operator(),
} as const satisfies Record<AuditGroup, () => string>

const signedIn: Readonly<Record<string, () => string>> = {
  totp: () => m.audit_signed_in_totp(),
  recovery: () => m.audit_signed_in_recovery(),
  passkey: () => m.audit_signed_in_passkey(),
}

const fieldWords: Readonly<Record<string, () => string>> = {
  name: () => m.audit_field_name(),
  nameOther: () => m.audit_field_name_other(),
  addressLines: () => m.audit_field_address_lines(),
  locality: () => m.audit_field_locality(),
  postalCode: () => m.audit_field_postal_code(),
  country: () => m.audit_field_country(),
  telephone: () => m.audit_field_telephone(),
  website: () => m.audit_field_website(),
  timeZone: () => m.audit_field_time_zone(),
}

const words = {
  'signed-in': ({ facts }) => (signedIn[String(facts['how'])] ?? m.audit_signed_in_password)(),
  'password-changed': () => m.audit_password_changed(),
  'second-factor-on': () => m.audit_second_factor_on(),
  'second-factor-off': () => m.audit_second_factor_off(),
  'recovery-codes-renewed': () => m.audit_recovery_codes_renewed(),
  'recovery-code-used': () => m.audit_recovery_code_used(),
  'passkey-added': () => m.audit_passkey_added(),
  'passkey-removed': () => m.audit_passkey_removed(),
  invited: (line) => m.audit_invited({ subject: subjectOf(line), role: roleIn(line, 'role') }),
  'invitation-revoked': (line) => m.audit_invitation_revoked({ subject: subjectOf(line) }),
  joined: (line) => m.audit_joined({ role: roleIn(line, 'role') }),
  'member-added': (line) => m.audit_member_added({ subject: subjectOf(line), role: roleIn(line, 'role') }),
  'role-changed': (line) =>
    m.audit_role_changed({ subject: subjectOf(line), from: roleIn(line, 'from'), to: roleIn(line, 'to') }),
  'member-removed': (line) => m.audit_member_removed({ subject: subjectOf(line), role: roleIn(line, 'role') }),
  'member-left': (line) => m.audit_member_left({ role: roleIn(line, 'role') }),
  'organisation-founded': () => m.audit_organisation_founded(),
  'organisation-changed': (line) => m.audit_organisation_changed({ fields: fieldsOf(line) }),
  'sending-changed': ({ facts }) =>
    [
      m.audit_sending_changed({ minutes: formatNumber(Number(facts['undoMinutes'])), pace: paceOf(facts) }),
      ...(typeof facts['reviewHours'] === 'number'
        ? [m.audit_review_hours({ hours: formatNumber(facts['reviewHours']) })]
        : []),
    ].join(' '),
  'four-eyes-on': () => m.audit_four_eyes_on(),
  'four-eyes-off': () => m.audit_four_eyes_off(),
  'second-factor-required': () => m.audit_second_factor_required(),
  'second-factor-not-required': () => m.audit_second_factor_not_required(),
  'closing-asked': () => m.closing_audit_asked(),
  'closing-cancelled': () => m.closing_audit_cancelled(),
  'domain-started': (line) => m.audit_domain_started({ domain: textIn(line, 'domain') }),
  'domain-proven': (line) => m.audit_domain_proven({ domain: textIn(line, 'domain') }),
  'domain-missing': (line) => m.audit_domain_missing({ domain: textIn(line, 'domain') }),
  'domain-given-up': (line) => m.audit_domain_given_up({ domain: textIn(line, 'domain') }),
  'entry-claimed': (line) => m.audit_entry_claimed({ vendor: textIn(line, 'vendor') }),
  'contact-added': () => m.audit_contact_added(),
  'contact-confirmed': () => m.audit_contact_confirmed(),
  'contact-retired': () => m.audit_contact_retired(),
  'mandate-offered': (line) => m.audit_mandate_offered(mandateIn(line)),
  'mandate-accepted': (line) => m.audit_mandate_accepted(mandateIn(line)),
  'mandate-declined': (line) => m.audit_mandate_declined(mandateIn(line)),
  'mandate-withdrawn': (line) => m.audit_mandate_withdrawn(mandateIn(line)),
  'mandate-narrowed': (line) => m.audit_mandate_narrowed(mandateIn(line)),
  'mandate-revoked': (line) => m.audit_mandate_revoked(mandateIn(line)),
  'mandate-ended': (line) => m.audit_mandate_ended(mandateIn(line)),
  'audit-exported': () => m.audit_audit_exported(),
  'export-ordered': () => m.audit_export_ordered(),
  'export-made': (line) => m.audit_export_made({ sha256: textIn(line, 'sha256') }),
  'export-taken': (line) => m.audit_export_taken({ sha256: textIn(line, 'sha256') }),
  'notices-exported': ({ facts }) =>
    m.audit_notices_exported({
      count: formatNumber(Number(facts['notices'])),
      n: Number(facts['notices']),
      format: String(facts['format']).toUpperCase(),
      hash: String(facts['sha256']),
    }),
  'organisation-verified': () => m.audit_organisation_verified(),
  'entry-linked': (line) => m.audit_entry_linked({ vendor: textIn(line, 'vendor') }),
  'entry-unlinked': (line) => m.audit_entry_unlinked({ vendor: textIn(line, 'vendor') }),
} as const satisfies Record<AuditKind, (line: AuditLine) => string>

/** What was done, as a sentence without its subject. */
export function auditSentence(line: AuditLine): string {
  return words[line.kind](line)
}

/** Who did it: a name, or what the portal says where there is none. */
export function auditActor({ actor, who, facts }: Pick<AuditLine, 'actor' | 'who' | 'facts'>): string {
  if (actor === 'partner') return textIn({ facts }, 'partner')
  if (actor === 'operator') return m.audit_operator()
  return actor === 'portal' ? m.audit_portal() : (who ?? m.audit_erased())
}

function subjectOf({ subject }: AuditLine): string {
  return subject ?? m.audit_somebody()
}

function mandateIn(line: AuditLine): { partner: string; version: string } {
  return { partner: textIn(line, 'partner'), version: textIn(line, 'version') }
}

function textIn({ facts }: Pick<AuditLine, 'facts'>, key: string): string {
  return String(facts[key] ?? '')
}

function roleIn({ facts }: AuditLine, key: string): string {
  const role = facts[key]
  return isRole(role) ? roleWords[role]() : ''
}

function fieldsOf({ facts }: AuditLine): string {
  const { fields } = facts
  return Array.isArray(fields) ? fields.map((field) => fieldWords[String(field)]?.() ?? String(field)).join(', ') : ''
}

function paceOf({ firstMailsPerHour }: AuditLine['facts']): string {
  return typeof firstMailsPerHour === 'number'
    ? m.audit_pace_hour({ count: formatNumber(firstMailsPerHour) })
    : m.audit_pace_portal()
}
