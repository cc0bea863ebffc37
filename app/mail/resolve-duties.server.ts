import { normalAddress } from '#app/accounts/address.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { log } from '#app/platform/log.server.ts'
import { newId } from '#app/platform/id.ts'
import { isMailName } from '#emails/mails.ts'
import { messageIdOf } from './compose.server.ts'
import type { Duty, MailHandlers, MailLocale, Recipient } from './mail-handlers.ts'

type DutyRow = {
  id: string
  notice_id: string | null
  event_sequence: number | null
  kind: string
  audience: string
  organisation_id: string | null
  person_id: string | null
  address: string | null
  locale: MailLocale | null
  facts: unknown
  vendor_id: string | null
  gathers_on: string | null
  filing_id: string | null
}

type Asked = { handlers: MailHandlers<Transaction>; at: Date; most: number }

/**
 * Turns duties that are due into mails, one per duty and recipient: people are resolved now, not when the duty arose.
 * Locked duties are left to whoever holds them.
 *
 * @returns how many duties were resolved, or must wait for their turn
 */
export async function resolveDuties(tx: Transaction, { handlers, at, most }: Asked): Promise<number> {
  const due = await dueDuties(tx, at, most)
  const duties = await withoutPostponed(tx, due, { handlers, at })
  if (duties.length === 0) return due.length
  const direct = duties.filter((duty) => isDirect(duty))
  const others = duties.filter((duty) => !isDirect(duty))
  const recipients = [
    ...(await directRecipients(tx, direct)),
    ...(others.length === 0 ? [] : await noticeRecipients(tx, others, handlers)),
  ]
  const mailed = await addMails(tx, { duties, recipients, at })
  // A resolved duty has a mail, which the sweep checks; one that nobody is left to get is cancelled.
  await tx.$executeRaw`
    update mail_duty d set resolved_at = case when r.mailed then ${at}::timestamptz end, cancelled_at = case when r.mailed then null else ${at}::timestamptz end
    from unnest(${duties.map(({ id }) => id)}::uuid[], ${duties.map(({ id }) => mailed.has(id))}::bool[]) as r (id, mailed) where d.id = r.id`
  return due.length
}

async function withoutPostponed(
  tx: Transaction,
  due: readonly Duty[],
  { handlers: { postpone }, at }: Omit<Asked, 'most'>,
): Promise<readonly Duty[]> {
  const later = due.length === 0 ? undefined : await postpone?.(tx, due, at)
  if (later === undefined || later.size === 0) return due
  await tx.$executeRaw`
    update mail_duty d set not_before = p.at, paced = true
    from unnest(${[...later.keys()]}::uuid[], ${[...later.values()]}::timestamptz[]) as p (id, at) where d.id = p.id`
  return due.filter(({ id }) => !later.has(id))
}

/** Owed with everything that it says; the owners of the others are asked. */
function isDirect({ noticeId, gathersOn, filingId }: Duty): boolean {
  return noticeId === null && gathersOn === null && filingId === null
}

async function noticeRecipients(
  tx: Transaction,
  duties: readonly Duty[],
  { begin, recipients }: MailHandlers<Transaction>,
): Promise<readonly Recipient[]> {
  await begin(tx, duties)
  return recipients(tx, duties)
}

async function dueDuties(tx: Transaction, at: Date, most: number): Promise<Duty[]> {
  const rows = await tx.$queryRaw<DutyRow[]>`
    select id, notice_id, event_sequence, kind, audience, organisation_id, person_id, address, locale, facts, vendor_id, gathers_on::text, filing_id
    from mail_duty where resolved_at is null and cancelled_at is null and not_before <= ${at}
      and not exists (select from outbox_hold h where h.released_at is null and (kind <> 'portal-alarm' or mail_duty.created_at <= h.restored_at))
    order by not_before limit ${most} for update skip locked`
  return rows.map((row) => ({
    id: row.id,
    noticeId: row.notice_id,
    eventSequence: row.event_sequence,
    kind: row.kind,
    audience: row.audience,
    organisationId: row.organisation_id,
    personId: row.person_id,
    address: row.address,
    locale: row.locale,
    facts: row.facts,
    vendorId: row.vendor_id,
    gathersOn: row.gathers_on,
    filingId: row.filing_id,
  }))
}

/** Duties that name an address or a person themselves: mails about accounts and imports. */
async function directRecipients(tx: Transaction, duties: readonly Duty[]): Promise<Recipient[]> {
  if (duties.length === 0) return []
  const people = duties.flatMap(({ personId }) => (personId === null ? [] : [personId]))
  const found = await tx.person.findMany({
    where: { id: { in: people } },
    select: { id: true, email: true, locale: true },
  })
  const byId = new Map(found.map((person) => [person.id, person]))
  return duties.flatMap((duty) => {
    const person = duty.personId === null ? undefined : byId.get(duty.personId)
    const address = duty.address ?? person?.email
    if (address === undefined) return []
    const locale = duty.locale ?? (person?.locale === 'ja' ? 'ja' : 'en')
    return [{ dutyId: duty.id, address, locale, personId: person?.id ?? null, contactId: null, linkId: null }]
  })
}

type ToAdd = { duties: readonly Duty[]; recipients: readonly Recipient[]; at: Date }

async function addMails(tx: Transaction, { duties, recipients, at }: ToAdd): Promise<Set<string>> {
  const byId = new Map(duties.map((duty) => [duty.id, duty]))
  const data = recipients.flatMap((recipient) => {
    const duty = byId.get(recipient.dutyId)
    const toAddress = normalAddress(recipient.address)
    // Whoever was erased is reached nowhere.
    if (duty === undefined || toAddress?.endsWith('@erased.invalid') === true) return []
    if (!isMailName(duty.kind) || toAddress === undefined) {
      // A bug of whoever wrote the duty: it must be seen, and must not keep the duties of others back.
      log.error({ duty: duty.id, kind: duty.kind }, 'a duty names no known mail, or no address')
      return []
    }
    const id = newId()
    const { locale, personId, contactId, linkId } = recipient
    return [
      {
        id,
        dutyId: duty.id,
        noticeId: duty.noticeId,
        kind: duty.kind,
        toAddress,
        locale,
        personId,
        contactId,
        linkId,
        messageId: messageIdOf(id),
      },
    ]
  })
  // One per duty and recipient: who is both owner and filer gets one mail.
  await tx.$executeRaw`
    insert into outgoing_mail (id, duty_id, notice_id, kind, to_address, person_id, contact_id, link_id, locale, message_id, status, next_attempt_at, created_at)
    select id, "dutyId", "noticeId", kind, "toAddress", "personId", "contactId", "linkId", locale, "messageId", 'queued', ${at}, ${at}
    from json_to_recordset(${JSON.stringify(data)}::json) as m (id uuid, "dutyId" uuid, "noticeId" uuid, kind text, "toAddress" text,
      "personId" uuid, "contactId" uuid, "linkId" uuid, locale text, "messageId" text)
    on conflict (duty_id, to_address) do nothing`
  return new Set(data.map(({ dutyId }) => dutyId))
}
