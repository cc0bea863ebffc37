import type { Duty, MailHandlers, MailLocale, MailWording, OutgoingMail, Recipient } from '#app/mail/mail-handlers.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { nameIn } from '#app/ui/language-of.ts'

const kind = 'collective-answered'
const isAnswered = (each: { readonly kind: string }): boolean => each.kind === kind

/** The handlers of other mails, with those before them that tell an association of answers to its filings. */
export function withAnswers(handlers: MailHandlers<Transaction>): MailHandlers<Transaction> {
  return {
    ...handlers,
    async begin(tx, duties) {
      const [, others] = parted(duties)
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
      const lines = await findLines(tx, own)
      const over = own.filter(({ dutyId }) => !lines.has(dutyId)).map(({ id }) => id)
      return new Set([...over, ...(others.length === 0 ? [] : await handlers.stale(tx, others))])
    },
    async wordings(tx, mails) {
      const [own, others] = parted(mails)
      const lines = await findLines(tx, own)
      const words = own.flatMap((mail) => {
        const found = lines.get(mail.dutyId)
        return found === undefined ? [] : [[mail.id, wordingOf(mail, found)] as const]
      })
      return new Map([...words, ...(others.length === 0 ? [] : await handlers.wordings(tx, others))])
    },
  }
}

function parted<Each extends { readonly kind: string }>(all: readonly Each[]): [Each[], Each[]] {
  return [all.filter((each) => isAnswered(each)), all.filter((each) => !isAnswered(each))]
}

// Who left the association meanwhile, or wants to hear nothing any more, gets none.
async function readersOf(tx: Transaction, duties: readonly Duty[]): Promise<readonly Recipient[]> {
  const rows = await tx.$queryRaw<{ duty: string; address: string; locale: MailLocale; person: string }[]>`
    select d.id as duty, p.email as address, p.locale, p.id as person
    from mail_duty d join membership b on b.organisation_id = d.organisation_id and b.person_id = d.person_id join person p on p.id = d.person_id
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

interface Line {
  readonly duty: string
  readonly filing: string
  readonly vendorId: string
  readonly vendor: string
  readonly vendorOther: string | null
  readonly answer: 'acknowledged' | 'decided'
  readonly notices: number
  readonly members: readonly { readonly name: string; readonly nameOther: string | null }[]
}

// By vendor and answer; what no mandate lets the association see any more is in no mail.
async function findLines(
  tx: Transaction,
  mails: readonly OutgoingMail[],
): Promise<ReadonlyMap<string, readonly Line[]>> {
  if (mails.length === 0) return new Map()
  const rows = await tx.$queryRaw<Line[]>`
    select l.duty_id as duty, f.reference as filing, v.id as "vendorId", v.name as vendor, v.name_other as "vendorOther", l.kind as answer,
      count(distinct n.id)::int as notices,
      (array_agg(distinct jsonb_build_object('name', h.name, 'nameOther', h.name_other)))[1:5] as members
    from mail_line l join notice n on n.id = l.notice_id join filing f on f.id = n.filing_id join vendor v on v.id = n.vendor_id
    join organisation h on h.id = n.holder_organisation_id
    where l.duty_id = any(${mails.map(({ dutyId }) => dutyId)}::uuid[]) and exists (select from mandate_grant g
      where g.association_id = n.filed_by_organisation_id and g.member_id = n.holder_organisation_id)
    group by l.duty_id, f.reference, v.id, l.kind order by lower(v.name), v.id, l.kind`
  return Map.groupBy(rows, ({ duty }) => duty)
}

function wordingOf({ locale }: OutgoingMail, lines: readonly Line[]): MailWording {
  const { BASE_URL } = env()
  const [first] = lines
  return {
    facts: {
      filing: first?.filing ?? '',
      lines: lines.map(({ vendorId, vendor, vendorOther, answer, notices, members }) => ({
        vendor: nameIn(locale, vendor, vendorOther),
        answer,
        notices,
        members: members.map(({ name, nameOther }) => nameIn(locale, name, nameOther)),
        url: `${BASE_URL}/association/notices?vendor=${vendorId}`,
      })),
      url: `${BASE_URL}/association/filings/${first?.filing ?? ''}`,
    },
    fromName: null,
    replyTo: null,
  }
}
