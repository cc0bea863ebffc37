import type { Duty, MailLocale, Recipient } from '#app/mail/mail-handlers.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { isGathered, type GatheredMail } from './gathered-mails.ts'

type Reader = {
  duty_id: string
  address: string
  locale: MailLocale
  person_id: string | null
  contact_id: string | null
}

/**
 * Who gets these gathered mails, as things stand now. Of the vendor: its owners and editors, and whoever holds an open
 * link of a notice in it, unless the last mail to that contact failed. Of the holder: the filers and the owners.
 */
export async function gatheredRecipients(tx: Transaction, duties: readonly Duty[]): Promise<readonly Recipient[]> {
  const byKind = Map.groupBy(duties, ({ kind }) => kind)
  const found: Recipient[] = []
  for (const [kind, some] of byKind) {
    if (!isGathered(kind)) throw new Error(`Duties ${kind} gather nothing`)
    const ids = some.map(({ id }) => id)
    const readers = await tx.$queryRaw<Reader[]>`${readersOf[kind](ids)}`
    found.push(...readers.map((reader) => recipientOf(reader)))
  }
  return found
}

function recipientOf({ duty_id, address, locale, person_id, contact_id }: Reader): Recipient {
  return { dutyId: duty_id, address, locale, personId: person_id, contactId: contact_id, linkId: null }
}

const readersOf = {
  // Who gets the summary of the same day reads in it what is due.
  'vendor-reminder': (ids) => Prisma.sql`
    select * from (${members(ids)} union all ${bearers(ids, Prisma.sql`join mail_line l on l.duty_id = d.id join notice n on n.id = l.notice_id`)}) r
    where not exists (select from mail_duty d join mail_duty s on s.vendor_id = d.vendor_id and s.gathers_on = d.gathers_on
      and s.kind = 'vendor-week' join outgoing_mail m on m.duty_id = s.id
      where d.id = r.duty_id and m.to_address = r.address and m.status not in ('cancelled', 'failed', 'bounced'))`,
  'vendor-week': (ids) => Prisma.sql`
    select * from (${members(ids)} union all ${bearers(
      ids,
      Prisma.sql`join notice n on n.vendor_id = d.vendor_id
      and n.stage in ('sent', 'delivered', 'acknowledged', 'in_review')`,
    )}) r
    where not exists (select from mail_refusal x where x.address = r.address and x.topic = 'vendor-week')
      and not exists (select from mail_choice x where x.person_id = r.person_id and x.topic = 'vendor-week' and x.choice = 'never')`,
  'dates-passed': (ids) => Prisma.sql`
    select distinct d.id as duty_id, p.email as address, p.locale, p.id as person_id, null::uuid as contact_id
    from mail_duty d join membership b on b.organisation_id = d.organisation_id join person p on p.id = b.person_id
    where d.id = any(${ids}::uuid[]) and (b.role = 'owner' or exists (select from mail_line l join notice n on n.id = l.notice_id
      join filing f on f.id = n.filing_id where l.duty_id = d.id and f.submitted_by = p.id))`,
  'notices-digest': (ids) => Prisma.sql`
    select d.id as duty_id, p.email as address, p.locale, p.id as person_id, null::uuid as contact_id
    from mail_duty d join person p on p.id = d.person_id where d.id = any(${ids}::uuid[])`,
} satisfies Record<GatheredMail, (ids: readonly string[]) => Prisma.Sql>

function members(ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`select d.id as duty_id, p.email as address, p.locale, p.id as person_id, null::uuid as contact_id
    from mail_duty d join vendor v on v.id = d.vendor_id
    join membership b on b.organisation_id = v.organisation_id and b.role in ('owner', 'editor') join person p on p.id = b.person_id
    where d.id = any(${ids}::uuid[])`
}

// Only links of notices that still wait: an undeliverable contact is not written to.
function bearers(ids: readonly string[], notices: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`select distinct on (d.id, k.address) d.id as duty_id, k.address, k.locale, null::uuid as person_id, k.contact_id
    from mail_duty d ${notices} join notice_link k on k.notice_id = n.id and k.revoked_at is null and k.read_only_at is null
    left join vendor_contact c on c.id = k.contact_id
    where d.id = any(${ids}::uuid[]) and n.undeliverable_at is null
      and (c.last_failed_at is null or c.last_delivered_at > c.last_failed_at)`
}
