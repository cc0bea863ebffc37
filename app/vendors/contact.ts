/** What a vendor's contact answers for. */
export const contactPurposes = ['legal_notices', 'licensing', 'takedown'] as const
export type ContactPurpose = (typeof contactPurposes)[number]

/** How a vendor takes what is sent to a contact; a notice goes out by `email` alone. */
export const contactChannels = ['email', 'web_form', 'post', 'api'] as const
export type ContactChannel = (typeof contactChannels)[number]

/** What the rules look at: one contact as the directory keeps it. */
export type ContactFacts = {
  purpose: ContactPurpose
  channel: ContactChannel
  country: string | null
  timeZone: string | null
  verifiedAt: Date | null
  retiredAt: Date | null
  lastDeliveredAt: Date | null
  lastFailedAt: Date | null
}

/** Why a contact does not work. The first that holds is told. */
export const contactFaults = ['retired', 'not-verified', 'no-email', 'last-send-failed'] as const
export type ContactFault = (typeof contactFaults)[number]

/** Why a contact may not be verified. */
export type VerifyRefusal = 'retired' | 'already-verified' | 'country-missing' | 'time-zone-missing'

export type ContactHealth = { working: true } | { working: false; because: ContactFault }

/**
 * Whether a notice may be sent to this contact: verified, by e-mail, not retired, and its last send did not fail for good.
 * A send that failed before a later delivery is forgiven.
 */
export function contactHealth(contact: ContactFacts): ContactHealth {
  if (contact.retiredAt !== null) return { working: false, because: 'retired' }
  if (contact.verifiedAt === null) return { working: false, because: 'not-verified' }
  if (contact.channel !== 'email') return { working: false, because: 'no-email' }
  if (lastSendFailed(contact)) return { working: false, because: 'last-send-failed' }
  return { working: true }
}

/** Whether the last thing that became known of a send to this contact is that it failed for good. */
export function lastSendFailed({
  lastDeliveredAt,
  lastFailedAt,
}: Pick<ContactFacts, 'lastDeliveredAt' | 'lastFailedAt'>): boolean {
  if (lastFailedAt === null) return false
  return lastDeliveredAt === null || lastFailedAt >= lastDeliveredAt
}

/**
 * Whether the operator may verify this contact. Country and time zone come first: the clocks of every notice
 * count the working days of that place. A region may be none.
 */
export function mayVerify(contact: ContactFacts): { allowed: true } | { allowed: false; because: VerifyRefusal } {
  if (contact.retiredAt !== null) return { allowed: false, because: 'retired' }
  if (contact.verifiedAt !== null) return { allowed: false, because: 'already-verified' }
  if (contact.country === null) return { allowed: false, because: 'country-missing' }
  if (contact.timeZone === null) return { allowed: false, because: 'time-zone-missing' }
  return { allowed: true }
}

/** The kinds of notice that a contact can be sent. */
export type NoticeKind = 'exclusion' | 'cease_and_desist' | 'takedown'

/** What a contact must answer for to be sent a notice of this kind; the first is the better one. */
export function contactPurposesFor(kind: NoticeKind): readonly ContactPurpose[] {
  return kind === 'takedown' ? ['takedown', 'legal_notices'] : ['legal_notices']
}

/**
 * The contact that a notice goes to: for a takedown the takedown contact, else the one for legal notices; null when
 * none of them works. Of several that work, the one verified first, so that a later one does not take over unseen.
 */
export function chooseContact<T extends ContactFacts>(contacts: readonly T[], kind: NoticeKind): T | null {
  for (const purpose of contactPurposesFor(kind)) {
    const [first] = contacts
      .filter((contact) => contact.purpose === purpose && contactHealth(contact).working)
      .toSorted((a, b) => (a.verifiedAt?.getTime() ?? 0) - (b.verifiedAt?.getTime() ?? 0))
    if (first !== undefined) return first
  }
  return null
}

/**
 * Why no notice of this kind can go to the vendor: `none` when it has no contact for it, else the fault of the contact
 * that comes nearest to working. Null when one works.
 */
export function whyNoContact(contacts: readonly ContactFacts[], kind: NoticeKind): ContactFault | 'none' | null {
  if (chooseContact(contacts, kind) !== null) return null
  const fitting = contacts.filter(({ purpose }) => contactPurposesFor(kind).includes(purpose))
  const faults = new Set(fitting.map(contactHealth).map((health) => (health.working ? null : health.because)))
  return contactFaults.toReversed().find((fault) => faults.has(fault)) ?? 'none'
}
