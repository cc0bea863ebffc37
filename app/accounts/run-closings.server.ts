import { now } from '#app/platform/clock.server.ts'
import { withWorker, type Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { wake } from '#app/platform/wake.server.ts'
import { reminderDays } from './closing.ts'
import { oweClosingMails } from './owe-closing-mails.server.ts'

/** How many closings one round takes; the next round takes the rest. */
const perRound = 50

/** What a round did. */
export interface ClosingsRun {
  readonly reminded: number
  readonly queued: number
  /** Mails about an erased organisation that arrived and lost their words. */
  readonly swept: number
}

/**
 * Tells owners that the days of grace run out, queues the erasure of what is due, and empties mails that have arrived since.
 * In the worker. Run twice, nothing happens twice.
 */
export async function runClosings(): Promise<ClosingsRun> {
  const reminded = await withWorker((tx) => remind(tx))
  const queued = await withWorker((tx) => queue(tx))
  const [row] = await withWorker(
    (tx) => tx.$queryRaw<{ swept: number }[]>`select sweep_closing_mails(${perRound * 10}) as swept`,
  )
  return { reminded, queued, swept: row?.swept ?? 0 }
}

type Soon = { id: string; organisationId: string; eraseAt: Date; name: string; timeZone: string }

async function remind(tx: Transaction): Promise<number> {
  const at = now()
  const soon = await tx.$queryRaw<Soon[]>`
    select c.id, c.organisation_id as "organisationId", c.erase_at as "eraseAt", o.name, o.time_zone as "timeZone"
    from organisation_closing c join organisation o on o.id = c.organisation_id
    where c.cancelled_at is null and c.erased_at is null and c.begun_at is null and c.reminded_at is null
      and c.erase_at > ${at} and c.erase_at <= ${new Date(at.getTime() + reminderDays * 86_400_000)}
    order by c.erase_at limit ${perRound} for update of c skip locked`
  for (const { id, organisationId, eraseAt, ...organisation } of soon) {
    const owners = await tx.membership.findMany({
      where: { organisationId, role: 'owner' },
      select: { person: { select: { id: true, name: true, email: true, locale: true } } },
    })
    await oweClosingMails(tx, {
      kind: 'organisation-closing-soon',
      closing: { id, organisationId, eraseAt },
      organisation,
      owners: owners.map(({ person }) => person),
    })
    await tx.organisationClosing.updateMany({ where: { id }, data: { remindedAt: at } })
  }
  return soon.length
}

async function queue(tx: Transaction): Promise<number> {
  const at = now()
  const due = await tx.$queryRaw<{ id: string; organisationId: string; askedBy: string }[]>`
    select c.id, c.organisation_id as "organisationId", c.asked_by as "askedBy" from organisation_closing c
    where c.cancelled_at is null and c.erased_at is null and c.queued_at is null and c.erase_at <= ${at}
    order by c.erase_at limit ${perRound} for update skip locked`
  for (const { id, organisationId, askedBy } of due) {
    await tx.job.createMany({
      data: [
        {
          id: newId(),
          kind: 'erase-organisation',
          subjectId: id,
          organisationId,
          requestedBy: askedBy,
          status: 'queued',
          runAt: at,
          createdAt: at,
        },
      ],
    })
    await tx.organisationClosing.updateMany({ where: { id }, data: { queuedAt: at } })
  }
  if (due.length > 0) await wake(tx, 'job')
  return due.length
}
