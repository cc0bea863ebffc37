import { Prisma } from '#app/generated/prisma/client.ts'
import { escalationOf } from '#app/notices/projection-row.server.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'

/** A vendor that members of an association wait for. */
export type WaitingLine = {
  duty: string
  name: string
  nameOther: string | null
  vendorId: string
  /** How many members wait, and for how many notices. */
  members: number
  notices: number
  /** Whole days since the oldest of the notices was served. */
  days: number
  /** Of how many vendors this is said in all; the first are told. */
  total: number
}

/** The condition on `notice n` and `mandate_grant g` that an answer of the vendor is awaited and the grant covers it. */
export const waits = Prisma.sql`n.holder_organisation_id = g.member_id and n.stage in ('sent', 'delivered', 'acknowledged', 'in_review')
  and n.undeliverable_at is null and ${escalationOf} = 'none' and n.served_at is not null
  and 'view' = any(g.scopes) and g.starts_at <= portal_now() and (g.ends_at is null or g.ends_at > portal_now())
  and (g.vendors is null or n.vendor_id = any(g.vendors))
  and (g.catalogues is null or exists (select from notice_scope s where s.id = n.scope_id and s.catalogue_id = any(g.catalogues)))
  and (g.measures is null or not exists (select from notice_measure q where q.notice_id = n.id and q.measure <> all(g.measures)))`

/** So many vendors are told of in one mail. */
export const mostVendors = 20

/** Whom the members of associations wait for now, by the duties of their weekly mails: those that most wait for first. */
export function findWaiting(tx: Transaction, dutyIds: readonly string[]): Promise<WaitingLine[]> {
  const at = now()
  return tx.$queryRaw<WaitingLine[]>`
    with waiting as (
      select d.id as duty, n.vendor_id, count(distinct n.holder_organisation_id)::int as members, count(*)::int as notices, min(n.served_at) as since
      from mail_duty d join mandate_grant g on g.association_id = d.organisation_id join notice n on ${waits}
      where d.id = any(${[...dutyIds]}::uuid[]) group by 1, 2),
      placed as (select w.*, row_number() over (partition by w.duty order by w.members desc, w.since, w.vendor_id) as place,
        (count(*) over (partition by w.duty))::int as total from waiting w)
    select p.duty, v.name, v.name_other as "nameOther", v.id as "vendorId", p.members, p.notices,
      floor(extract(epoch from ${at}::timestamptz - p.since) / 86400)::int as days, p.total
    from placed p join vendor v on v.id = p.vendor_id where p.place <= ${mostVendors} order by p.duty, p.place`
}
