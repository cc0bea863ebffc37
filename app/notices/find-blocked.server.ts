import type { Member } from '#app/accounts/viewer.server.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import { heardOf } from '#app/mail/not-composed.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { contactColumns, readContact } from '#app/vendors/contact-columns.server.ts'
import { contactHealth } from '#app/vendors/contact.ts'
import { mostResent } from './fix-contact-form.ts'

/** A notice that did not reach its vendor. */
export interface BlockedNotice {
  readonly id: string
  readonly reference: string
  readonly works: number
  readonly since: string
  readonly address: string | null
  readonly response: string | null
}

/** A notice that went to another address since. */
export interface ResentNotice {
  readonly reference: string
  readonly to: string | null
  readonly at: string
  /** Of the mail to that address; null before it is made. */
  readonly status: string | null
}

/** A contact of the directory to which they can go at once. */
export interface WorkingContact {
  readonly id: string
  readonly address: string
  readonly locale: 'en' | 'ja'
  readonly verifiedHow: string | null
}

/** What the page shows on which a holder mends a vendor's contact. */
export interface Blocked {
  readonly vendor: {
    readonly id: string
    readonly slug: string
    readonly name: string
    readonly nameOther: string | null
  }
  readonly notices: readonly BlockedNotice[]
  readonly count: number
  readonly contacts: readonly WorkingContact[]
  /** Sent on within a week, the latest first. */
  readonly resent: readonly ResentNotice[]
}

/** The notices that an organisation holds or filed for a member and that did not reach a vendor, and where they could go; null when there is no such vendor. */
export function findBlocked(member: Member, slug: string): Promise<Blocked | null> {
  return withPerson(member.personId, async (tx) => {
    const vendor = await tx.vendor.findUnique({
      where: { slug },
      select: { id: true, slug: true, name: true, nameOther: true },
    })
    if (vendor === null) return null
    const asked = { vendorId: vendor.id, ownId: member.organisation.id }
    const rows = await blockedRows(tx, asked)
    return {
      vendor,
      notices: rows.map(({ count: _count, response, ...row }) => ({
        ...row,
        response: response === null ? null : heardOf(response),
      })),
      count: rows[0]?.count ?? 0,
      contacts: await workingContacts(tx, vendor.id),
      resent: await resentRows(tx, asked),
    }
  })
}

type Asked = { vendorId: string; ownId: string }

const isOf = (ownId: string) =>
  Prisma.sql`(n.holder_organisation_id = ${ownId}::uuid or n.filed_by_organisation_id = ${ownId}::uuid)`

function blockedRows(tx: Transaction, { vendorId, ownId }: Asked) {
  return tx.$queryRaw<(BlockedNotice & { count: number })[]>`
    select n.id, n.reference, n.works_count as works, to_jsonb(n.undeliverable_at) #>> '{}' as since, last.to_address as address,
      last.last_response as response, count(*) over ()::int as count
    from notice n left join lateral (
      (select m.to_address, m.last_response from outgoing_mail m
      where m.notice_id = n.id and m.kind = 'notice-served' and m.status in ('failed', 'bounced') order by m.failed_at desc nulls last limit 1)
      union all select c.to_address, c.last_response from collective_mails_of(n.id) c where c.status in ('failed', 'bounced') limit 1) last on true
    where ${isOf(ownId)} and n.vendor_id = ${vendorId}::uuid and n.undeliverable_at is not null
      and n.stage in ('queued', 'sent', 'delivered', 'acknowledged', 'in_review', 'clarification_needed')
    order by n.undeliverable_at, n.id limit ${mostResent}`
}

async function workingContacts(tx: Transaction, vendorId: string): Promise<WorkingContact[]> {
  const rows = await tx.vendorContact.findMany({
    where: { vendorId, channel: 'email', verifiedAt: { not: null }, retiredAt: null },
    orderBy: { verifiedAt: 'asc' },
    take: 20,
    select: { id: true, address: true, locale: true, verifiedHow: true, ...contactColumns },
  })
  return rows
    .filter((row) => contactHealth(readContact(row)).working)
    .map(({ id, address, locale, verifiedHow }) => ({
      id,
      address,
      locale: locale === 'ja' ? 'ja' : 'en',
      verifiedHow,
    }))
}

function resentRows(tx: Transaction, { vendorId, ownId }: Asked): Promise<ResentNotice[]> {
  return tx.$queryRaw<ResentNotice[]>`
    select n.reference, p.facts->>'to' as "to", to_jsonb(e.at) #>> '{}' as at, (
      select m.status from outgoing_mail m where m.notice_id = n.id and m.kind = 'notice-served' and m.to_address = p.facts->>'to'
      order by m.id desc limit 1) as status
    from notice n join notice_event e on e.notice_id = n.id and e.type = 'message.readdressed' and e.at > portal_now() - interval '7 days'
    left join event_person p on p.notice_id = e.notice_id and p.sequence = e.sequence
    where ${isOf(ownId)} and n.vendor_id = ${vendorId}::uuid and n.begun_at is not null
    order by e.at desc limit ${mostResent}`
}
