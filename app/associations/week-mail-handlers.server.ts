import type { Duty, MailHandlers, MailLocale, MailWording, OutgoingMail, Recipient } from '#app/mail/mail-handlers.ts'
import { unsubscribeToken } from '#app/mail/unsubscribe-token.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { findWaiting, type WaitingLine } from './waiting-week.server.ts'

const kind = 'association-week'
const isWeek = (each: { readonly kind: string }): boolean => each.kind === kind

/** The handlers of other mails, with those of an association's week before them: its mail is theirs, every other goes on. */
export function withWeeks(handlers: MailHandlers<Transaction>): MailHandlers<Transaction> {
  return {
    ...handlers,
    async begin(tx, duties) {
      const others = duties.filter((duty) => !isWeek(duty))
      if (others.length > 0) await handlers.begin(tx, others)
    },
    async recipients(tx, duties) {
      const [own, others] = parted(duties)
      return [
        ...(own.length === 0 ? [] : await readersOf(tx, own)),
        ...(others.length === 0 ? [] : await handlers.recipients(tx, others)),
      ]
    },
    async stale(tx, mails) {
      const [own, others] = parted(mails)
      const waiting =
        own.length === 0
          ? []
          : await findWaiting(
              tx,
              own.map(({ dutyId }) => dutyId),
            )
      const told = new Set(waiting.map(({ duty }) => duty))
      const over = own.filter(({ dutyId }) => !told.has(dutyId)).map(({ id }) => id)
      return new Set([...over, ...(others.length === 0 ? [] : await handlers.stale(tx, others))])
    },
    async wordings(tx, mails) {
      const [own, others] = parted(mails)
      return new Map([
        ...(own.length === 0 ? [] : await wordingsOf(tx, own)),
        ...(others.length === 0 ? [] : await handlers.wordings(tx, others)),
      ])
    },
  }
}

function parted<Each extends { readonly kind: string }>(all: readonly Each[]): [Each[], Each[]] {
  return [all.filter((each) => isWeek(each)), all.filter((each) => !isWeek(each))]
}

/** Everybody of the association who has not asked for silence. */
async function readersOf(tx: Transaction, duties: readonly Duty[]): Promise<readonly Recipient[]> {
  const rows = await tx.$queryRaw<{ duty: string; address: string; locale: MailLocale; person: string }[]>`
    select d.id as duty, p.email as address, p.locale, p.id as person
    from mail_duty d join membership b on b.organisation_id = d.organisation_id join person p on p.id = b.person_id
    where d.id = any(${duties.map(({ id }) => id)}::uuid[])
      and not exists (select from mail_choice x where x.person_id = p.id and x.topic = ${kind} and x.choice = 'never')`
  return rows.map(({ duty, address, locale, person }) => ({
    dutyId: duty,
    address,
    locale,
    personId: person,
    contactId: null,
    linkId: null,
  }))
}

async function wordingsOf(
  tx: Transaction,
  mails: readonly OutgoingMail[],
): Promise<readonly (readonly [string, MailWording])[]> {
  const found = await findWaiting(
    tx,
    mails.map(({ dutyId }) => dutyId),
  )
  const lines = Map.groupBy(found, ({ duty }) => duty)
  return mails.flatMap((mail) => {
    const own = lines.get(mail.dutyId)
    return own === undefined ? [] : [[mail.id, wordingOf(mail, own)] as const]
  })
}

function wordingOf({ locale, personId, toAddress }: OutgoingMail, lines: readonly WaitingLine[]): MailWording {
  const { BASE_URL } = env()
  const who = personId === null ? { address: toAddress } : { person: personId }
  const unsubscribeUrl = `${BASE_URL}/unsubscribe/${unsubscribeToken({ who, topic: kind })}`
  return {
    facts: {
      lines: lines.map(({ name, nameOther, vendorId, members, notices, days }) => ({
        vendor: nameIn(locale, name, nameOther),
        members,
        notices,
        days,
        url: `${BASE_URL}/association/notices?vendor=${vendorId}&state=awaited`,
      })),
      total: lines[0]?.total ?? lines.length,
      url: `${BASE_URL}/association/matrix`,
      unsubscribeUrl,
    },
    fromName: null,
    replyTo: null,
    unsubscribeUrl,
  }
}
