import { z } from 'zod'

/** How far matching entries are counted. */
export const mostAuditCounted = 10_000

/** What is told apart in an organisation's record, with what it belongs to. */
export const auditGroups = {
  'sign-in': [
    'signed-in',
    'password-changed',
    'second-factor-on',
    'second-factor-off',
    'recovery-codes-renewed',
    'recovery-code-used',
    'passkey-added',
    'passkey-removed',
  ],
  members: ['invited', 'invitation-revoked', 'joined', 'member-added', 'role-changed', 'member-removed', 'member-left'],
  settings: [
    'organisation-founded',
    'organisation-changed',
    'sending-changed',
    'four-eyes-on',
    'four-eyes-off',
    'second-factor-required',
    'second-factor-not-required',
    'closing-asked',
    'closing-cancelled',
  ],
  domains: ['domain-started', 'domain-proven', 'domain-missing', 'domain-given-up'],
  directory: ['entry-claimed', 'contact-added', 'contact-confirmed', 'contact-retired'],
  mandates: [
    'mandate-offered',
    'mandate-accepted',
    'mandate-declined',
    'mandate-withdrawn',
    'mandate-narrowed',
    'mandate-revoked',
    'mandate-ended',
  ],
  exports: ['audit-exported', 'export-ordered', 'export-made', 'export-taken', 'notices-exported'],
  operator: ['organisation-verified', 'entry-linked', 'entry-unlinked'],
} as const

/** A part of the record that a reader can choose. */
export type AuditGroup = keyof typeof auditGroups
/** What was done. */
export type AuditKind = (typeof auditGroups)[AuditGroup][number]

/** Every part of the record, in the order in which a reader chooses. */
export const auditGroupNames = Object.keys(auditGroups).filter((name) => isGroup(name))

const kinds: ReadonlySet<string> = new Set(Object.values(auditGroups).flat())

/** Whether the portal knows this kind of entry. */
export function isAuditKind(text: string): text is AuditKind {
  return kinds.has(text)
}

function isGroup(text: string): text is AuditGroup {
  return Object.hasOwn(auditGroups, text)
}

/**
 * What an entry says besides its kind: roles, names of fields, numbers, domains. Never what a person is called or where
 * they are reached, and no secret: an entry cannot be erased.
 */
export type AuditFacts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

/** Who did it: a member, the operator, the other side of a mandate, or the portal by itself. */
export type AuditActor = 'member' | 'operator' | 'portal' | 'partner'

/** A line of the record as its owners read it. Names are absent where nobody did it, or where they are not theirs to know. */
export type AuditLine = {
  id: string
  at: Date
  kind: AuditKind
  actor: AuditActor
  personId: string | null
  who: string | null
  /** Whom it concerns: a member, or the address that was invited. */
  subject: string | null
  facts: AuditFacts
  networkAddress: string | null
  browser: string | null
}

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => !Number.isNaN(Date.parse(text)))
  .nullable()
  .catch(null)

const query = z.object({
  person: z.uuid().nullable().catch(null),
  group: z.string().refine(isGroup).nullable().catch(null),
  from: day,
  to: day,
  before: z.uuid().nullable().catch(null),
})

/** What a list of the record is narrowed to. `from` and `to` are days, both included. */
export type AuditQuery = Omit<z.infer<typeof query>, 'before'> & { before: string | null }

/** What an address of the list asks for; what it cannot mean is left out. */
export function readAuditQuery(url: string): AuditQuery {
  const { searchParams } = new URL(url)
  const asked = Object.fromEntries(
    ['person', 'group', 'from', 'to', 'before'].map((key) => [key, searchParams.get(key)]),
  )
  return query.parse(asked)
}
