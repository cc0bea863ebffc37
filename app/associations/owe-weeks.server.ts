import { gatherMails } from '#app/mail/gather-mails.server.ts'
import { morningOf } from '#app/notices/reminders.ts'
import { summaryDueAt } from '#app/notices/summary-week.ts'
import { now } from '#app/platform/clock.server.ts'
import { withWorker, type Transaction } from '#app/platform/db.server.ts'
import { waits } from './waiting-week.server.ts'

const batch = 200

/**
 * Owes every association whose members wait for a vendor the summary of its week, from Monday morning of its own time zone
 * on. In the worker process; run it as often as you like, by as many as you like.
 *
 * @returns how many were owed
 */
export function oweWeeks(): Promise<number> {
  return withWorker(async (tx) => {
    const at = now()
    const due = (await associationZones(tx)).flatMap((zone) => {
      const monday = summaryDueAt(at.toISOString(), zone)
      return monday === null ? [] : [{ zone, monday, from: morningOf(monday, zone) }]
    })
    if (due.length === 0) return 0
    const found = await associationsWithout(tx, due)
    await gatherMails(
      tx,
      found.map(({ id, monday, from }) => ({
        kind: 'association-week',
        audience: 'association',
        organisationId: id,
        day: monday,
        notBefore: new Date(from),
        lines: [],
      })),
      at,
    )
    return found.length
  })
}

async function associationZones(tx: Transaction): Promise<readonly string[]> {
  const rows = await tx.$queryRaw<{ zone: string }[]>`
    select distinct o.time_zone as zone from organisation o where exists (select from mandate_grant g where g.association_id = o.id)`
  return rows.map(({ zone }) => zone)
}

function associationsWithout(
  tx: Transaction,
  due: readonly { zone: string; monday: string; from: string }[],
): Promise<{ id: string; monday: string; from: string }[]> {
  return tx.$queryRaw<{ id: string; monday: string; from: string }[]>`
    select o.id, z.monday::text as monday, z."from" from organisation o
    join jsonb_to_recordset(${JSON.stringify(due)}::jsonb) as z (zone text, monday date, "from" text) on z.zone = o.time_zone
    where not exists (select from mail_duty d where d.gathers_on = z.monday and d.kind = 'association-week'
        and coalesce(d.vendor_id, d.organisation_id, d.person_id) = o.id)
      and exists (select from mandate_grant g join notice n on ${waits} where g.association_id = o.id)
    order by o.id limit ${batch}`
}
