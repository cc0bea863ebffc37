import { gatherMails } from '#app/mail/gather-mails.server.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { asSystem } from './taker.server.ts'
import { morningOf } from './reminders.ts'
import { summaryDueAt } from './summary-week.ts'

const batch = 500

/**
 * Owes every vendor for which a notice is open the summary of its week, from Monday morning of its own time zone on. In
 * the worker process; run it as often as you like, by as many as you like.
 *
 * @returns how many were owed
 */
export function oweSummaries(): Promise<number> {
  return asSystem(async (tx) => {
    const at = now()
    const zones = await contactZones(tx)
    const due = zones.flatMap((zone) => {
      const monday = summaryDueAt(at.toISOString(), zone)
      return monday === null ? [] : [{ zone, monday, from: morningOf(monday, zone) }]
    })
    if (due.length === 0) return 0
    const vendors = await vendorsWithout(tx, due)
    await gatherMails(
      tx,
      vendors.map(({ id, monday, from }) => ({
        kind: 'vendor-week',
        audience: 'vendor',
        vendorId: id,
        day: monday,
        notBefore: new Date(from),
        lines: [],
      })),
      at,
    )
    return vendors.length
  })
}

async function contactZones(tx: Transaction): Promise<readonly string[]> {
  const rows = await tx.$queryRaw<{ zone: string }[]>`
    select distinct time_zone as zone from vendor_contact where retired_at is null and time_zone is not null`
  return rows.map(({ zone }) => zone)
}

// A vendor's zone is that of the contact which was verified first.
function vendorsWithout(
  tx: Transaction,
  due: readonly { zone: string; monday: string; from: string }[],
): Promise<{ id: string; monday: string; from: string }[]> {
  return tx.$queryRaw<{ id: string; monday: string; from: string }[]>`
    select v.id, z.monday::text as monday, z."from" from vendor v
    join lateral (select c.time_zone from vendor_contact c where c.vendor_id = v.id and c.retired_at is null and c.time_zone is not null
      order by c.verified_at nulls last, c.created_at limit 1) c on true
    join jsonb_to_recordset(${JSON.stringify(due)}::jsonb) as z (zone text, monday date, "from" text) on z.zone = c.time_zone
    where not exists (select from mail_duty d where d.gathers_on = z.monday and d.kind = 'vendor-week'
        and coalesce(d.vendor_id, d.organisation_id, d.person_id) = v.id)
      and (select sum(t.count) from notice_tally t where t.vendor_id = v.id
        and t.stage in ('sent', 'delivered', 'acknowledged', 'in_review')) > 0
    order by v.id limit ${batch}`
}
