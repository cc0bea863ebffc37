import type { OutgoingMail } from '#app/mail/mail-handlers.ts'
import { linkToken } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { dayOf } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import type { ActFacts, NoticeFacts } from '#emails/facts.ts'
import type { MailEvent, MailRow } from './mail-rows.server.ts'

const channels = {
  portal: 'portal',
  link: 'mail_link',
  api: 'api',
  system: 'system',
} as const satisfies Record<string, ActFacts['channel']>

/** What every mail about a notice says, to this recipient. */
export function noticeFactsOf(mail: OutgoingMail, row: MailRow): NoticeFacts {
  const { holder, vendor } = row
  const { host } = new URL(env().BASE_URL)
  return {
    reference: row.reference,
    kind: row.kind,
    holder: {
      name: nameIn(mail.locale, holder.name, holder.nameOther),
      place: holder.locality,
      verified: verifiedFacts(holder),
    },
    vendor: { name: nameIn(mail.locale, vendor.name, vendor.nameOther) },
    works: row.works,
    url: noticeUrl(mail, row),
    verify: { address: `${host}/verify`, code: row.verifyCode },
  }
}

/** The page of the notice: by the mail link for its bearer, behind the sign-in for a member. */
export function noticeUrl({ linkId }: OutgoingMail, { reference }: Pick<MailRow, 'reference'>): string {
  const { BASE_URL } = env()
  return linkId === null ? `${BASE_URL}/notices/${reference}` : `${BASE_URL}/n/${linkToken(linkId)}`
}

/** The list of the works as CSV, by the same door. */
export function annexUrl(mail: OutgoingMail, row: Pick<MailRow, 'reference'>): string {
  return `${noticeUrl(mail, row)}/${mail.linkId === null ? 'annex.csv' : 'works.csv'}`
}

/** The zones in which an instant is said: the reader's side first. */
export function zonesFor({ audience }: OutgoingMail, { holder, place }: Pick<MailRow, 'holder' | 'place'>): string[] {
  const vendorZone = place.timeZone ?? 'UTC'
  const toVendor = audience === 'vendor' || audience === 'address'
  return toVendor ? [vendorZone, holder.timeZone] : [holder.timeZone, vendorZone]
}

/** Who did what caused the mail, when, and through which door. */
export function actOf({ mail, row, event }: { mail: OutgoingMail; row: MailRow; event: MailEvent }): ActFacts {
  const known = Object.entries(channels).find(([name]) => name === event.channel)
  return {
    by: event.person?.name ?? null,
    role: event.person?.role ?? null,
    at: event.at,
    channel: known?.[1] ?? 'system',
    zones: zonesFor(mail, row),
  }
}

/** To which address a mail was handed over or not, when, and what the server said. */
export function handedOver({ mail, row, event }: { mail: OutgoingMail; row: MailRow; event: MailEvent }) {
  return {
    to: event.person?.address ?? '',
    at: event.at,
    zones: zonesFor(mail, row),
    answer: event.person?.response ?? '',
  }
}

// The proof of a domain says more than that an operator has looked: it can be looked up again.
function verifiedFacts({ domain, domainHow, domainProvenAt, verifiedAt, verifiedHow }: MailRow['holder']) {
  if (verifiedAt === null) return null
  const how = verifiedHow ?? ''
  if (domainHow === null || domainProvenAt === null) return { how, domain, on: dayOf(new Date(verifiedAt), 'UTC') }
  return { how, domain, on: dayOf(new Date(domainProvenAt), 'UTC'), proven: domainHow }
}
