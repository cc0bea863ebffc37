import type { MailLocale, Recipient } from '#app/mail/mail-handlers.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import type { ServingDuty } from './begin-serving.server.ts'

interface Contact {
  readonly id: string
  readonly address: string
  readonly locale: MailLocale
}

interface Person {
  readonly personId: string
  readonly email: string
  readonly locale: MailLocale
}

/**
 * Who gets the one mail for all notices of a filing to a vendor: the contact, with a link of its own to each notice and one to the
 * list of them, and the owners and editors of the organisation that claimed the entry.
 */
export async function recipientsOfServing(tx: Transaction, duty: ServingDuty): Promise<readonly Recipient[]> {
  const { filingId, vendorId } = duty
  const begun = await tx.notice.count({ where: { filingId, vendorId, stage: 'queued', begunAt: { not: null } } })
  if (begun === 0) return []
  const contacts = await tx.$queryRaw<Contact[]>`
    select distinct c.id, c.address, c.locale from notice n join vendor_contact c on c.id = n.contact_id
    where n.filing_id = ${filingId}::uuid and n.vendor_id = ${vendorId}::uuid and n.begun_at is not null and c.channel = 'email'`
  const people = await tx.$queryRaw<Person[]>`
    select p.id as "personId", p.email, p.locale from vendor v join membership m on m.organisation_id = v.organisation_id
      and m.role in ('owner', 'editor') join person p on p.id = m.person_id where v.id = ${vendorId}::uuid order by p.id`
  for (const contact of contacts) await addLinks(tx, duty, contact)
  return [
    ...contacts.map(({ id, address, locale }) => ({
      dutyId: duty.id,
      address,
      locale,
      personId: null,
      contactId: id,
      linkId: null,
    })),
    ...people.map(({ personId, email, locale }) => ({
      dutyId: duty.id,
      address: email,
      locale,
      personId,
      contactId: null,
      linkId: null,
    })),
  ]
}

async function addLinks(tx: Transaction, { filingId, vendorId }: ServingDuty, contact: Contact): Promise<void> {
  const at = now()
  const { id: contactId, address, locale } = contact
  await tx.$executeRaw`
    insert into collective_link (id, filing_id, vendor_id, contact_id, address, locale, created_at)
    values (${newId()}::uuid, ${filingId}::uuid, ${vendorId}::uuid, ${contactId}::uuid, ${address}, ${locale}, ${at})
    on conflict (filing_id, vendor_id, address) do nothing`
  const unlinked = await tx.$queryRaw<{ id: string }[]>`
    select n.id from notice n where n.filing_id = ${filingId}::uuid and n.vendor_id = ${vendorId}::uuid and n.begun_at is not null
      and n.contact_id = ${contactId}::uuid and not exists (select from notice_link l where l.notice_id = n.id and l.address = ${address})`
  await tx.$executeRaw`
    insert into notice_link (id, notice_id, contact_id, address, locale, created_at)
    select id, notice, ${contactId}::uuid, ${address}, ${locale}, ${at}::timestamptz
    from unnest(${unlinked.map(() => newId())}::uuid[], ${unlinked.map(({ id }) => id)}::uuid[]) as l (id, notice)`
}
