import { now } from '#app/platform/clock.server.ts'
import { withWorker, type Transaction } from '#app/platform/db.server.ts'
import { expiryNoticeDays } from './mandate.ts'
import { oweMandateMail } from './owe-mandate-mail.server.ts'
import { recordMandateAudit } from './record-mandate-audit.server.ts'
import { stopUncovered } from './stop-uncovered.server.ts'
import { termsOf } from './version-row.server.ts'
import { endVersion, settleGrant } from './write-version.server.ts'

/** How many mandates one round takes; the next round takes the rest. */
const perRound = 100

interface Due {
  readonly id: string
  readonly version: number
}

/** What a round did. */
export interface EndedMandates {
  readonly told: number
  readonly ended: number
}

/**
 * Tells both sides, 30 days before, that a mandate ends; and once its last day is over, takes away its grant and withdraws what
 * was filed under it and not sent. In the worker. Run twice, nothing happens twice.
 */
export async function endMandates(): Promise<EndedMandates> {
  const soon = await withWorker((tx) => findDue(tx, 'soon'))
  const over = await withWorker((tx) => findDue(tx, 'over'))
  let [told, ended] = [0, 0]
  for (const due of soon) if (await withWorker((tx) => tellOfEnd(tx, due))) told += 1
  for (const due of over) if (await withWorker((tx) => endOne(tx, due))) ended += 1
  return { told, ended }
}

function findDue(tx: Transaction, which: 'soon' | 'over'): Promise<Due[]> {
  const at = now()
  const untilSoon = new Date(at.getTime() + expiryNoticeDays * 86_400_000)
  return which === 'soon'
    ? tx.$queryRaw<Due[]>`
        select v.mandate_id as id, v.version from mandate_version v cross join lateral (select mandate_zone(v.mandate_id) as zone) z
        where v.accepted_at is not null and v.ended_at is null and v.expiry_told_at is null and v.ends_on is not null
          and (v.ends_on + 1)::timestamp at time zone z.zone between ${at} and ${untilSoon}
        order by v.ends_on limit ${perRound}`
    : tx.$queryRaw<Due[]>`
        select v.mandate_id as id, v.version from mandate_version v cross join lateral (select mandate_zone(v.mandate_id) as zone) z
        where v.accepted_at is not null and v.ended_at is null and v.ends_on is not null
          and (v.ends_on + 1)::timestamp at time zone z.zone <= ${at}
        order by v.ends_on limit ${perRound}`
}

async function tellOfEnd(tx: Transaction, due: Due): Promise<boolean> {
  const found = await lockDue(tx, due)
  if (found === null || found.expiryTold) return false
  await tx.mandateVersion.updateMany({
    where: { mandateId: due.id, version: due.version },
    data: { expiryToldAt: now() },
  })
  await tellBoth(tx, 'mandate-ends-soon', found, 0)
  return true
}

async function endOne(tx: Transaction, due: Due): Promise<boolean> {
  const found = await lockDue(tx, due)
  if (found === null) return false
  const stopped = await stopUncovered(tx, {
    taker: { channel: 'system' },
    mandate: found.mandate,
    remaining: null,
    because: 'expired',
  })
  await endVersion(tx, { mandateId: due.id, version: due.version })
  await settleGrant(tx, due.id)
  await tellBoth(tx, 'mandate-ended', found, stopped)
  await recordMandateAudit(tx, { kind: 'mandate-ended', mandate: found.mandate, version: due.version })
  return true
}

type Found = NonNullable<Awaited<ReturnType<typeof lockDue>>>

async function lockDue(tx: Transaction, { id, version }: Due) {
  // The mandate first, then its grant, as every act on it takes them.
  await tx.$queryRaw`select from mandate where id = ${id}::uuid for update`
  await tx.$queryRaw`select from mandate_grant where mandate_id = ${id}::uuid for update`
  const row = await tx.mandateVersion.findFirst({
    where: { mandateId: id, version, acceptedAt: { not: null }, endedAt: null },
  })
  if (row === null) return null
  const { associationId, memberId } = await tx.mandate.findUniqueOrThrow({ where: { id } })
  const [zone] = await tx.$queryRaw<{ zone: string }[]>`select mandate_zone(${id}::uuid) as zone`
  const mandate = { id, associationId, memberId, timeZone: zone?.zone ?? 'UTC' }
  return { mandate, terms: termsOf(row), expiryTold: row.expiryToldAt !== null }
}

async function tellBoth(
  tx: Transaction,
  kind: 'mandate-ends-soon' | 'mandate-ended',
  { mandate, terms }: Found,
  stopped: number,
): Promise<void> {
  for (const otherId of [mandate.associationId, mandate.memberId])
    await oweMandateMail(tx, { kind, mandate: { ...mandate, otherId }, terms, stopped })
}
