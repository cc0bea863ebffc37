import type { MailWording, OutgoingMail } from '#app/mail/mail-handlers.ts'
import { unsubscribeToken } from '#app/mail/unsubscribe-token.server.ts'
import { linkToken } from '#app/platform/db.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { findGatheredLines, type GatheredLine } from './gathered-lines.server.ts'
import type { GatheredMail } from './gathered-mails.ts'

/** The facts of gathered mails, by mail; one that has nothing to say any more is left out. */
export async function gatheredWordings(
  tx: Transaction,
  mails: readonly OutgoingMail[],
): Promise<ReadonlyMap<string, MailWording>> {
  const lines = await findGatheredLines(tx, mails)
  return new Map(
    mails.flatMap((mail) => {
      const [first, ...others] = lines.get(mail.id) ?? []
      return first === undefined ? [] : [[mail.id, wordingOf(mail, [first, ...others])] as const]
    }),
  )
}

function wordingOf(mail: OutgoingMail, lines: readonly [GatheredLine, ...GatheredLine[]]): MailWording {
  const [first] = lines
  const unsubscribeUrl = unsubscribeUrlOf(mail)
  return {
    facts: {
      vendor: nameIn(mail.locale, first.vendor.name, first.vendor.nameOther),
      lines: lines.map((line) => lineOf(mail, line)),
      total: first.total,
      url: `${env().BASE_URL}/${isToVendor(mail) ? 'inbox' : 'notices'}`,
      signedIn: mail.personId !== null,
      ...(unsubscribeUrl === undefined ? {} : { unsubscribeUrl }),
    },
    fromName: null,
    replyTo: null,
    ...(unsubscribeUrl === undefined ? {} : { unsubscribeUrl }),
  }
}

function lineOf(mail: OutgoingMail, line: GatheredLine) {
  const { reference, kind, works, about, dueAt, linkId, vendorZone, holderZone } = line
  const { BASE_URL } = env()
  const other = isToVendor(mail) ? line.holder : line.vendor
  return {
    reference,
    kind,
    works,
    about,
    dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
    zones: isToVendor(mail) ? [vendorZone, holderZone] : [holderZone, vendorZone],
    party: nameIn(mail.locale, other.name, other.nameOther),
    url: linkId === null ? `${BASE_URL}/notices/${reference}` : `${BASE_URL}/n/${linkToken(linkId)}`,
  }
}

function isToVendor({ kind }: OutgoingMail): boolean {
  return kind === 'vendor-reminder' || kind === 'vendor-week'
}

// What reminds of a date may not be ended with a click; a summary may.
const topics: Partial<Record<string, string>> = {
  'vendor-week': 'vendor-week',
  'notices-digest': 'notices-digest',
} satisfies Partial<Record<GatheredMail, string>>

function unsubscribeUrlOf({ kind, personId, toAddress }: OutgoingMail): string | undefined {
  const topic = topics[kind]
  if (topic === undefined) return undefined
  const who = personId === null ? { address: toAddress } : { person: personId }
  return `${env().BASE_URL}/unsubscribe/${unsubscribeToken({ who, topic })}`
}
