import { basisIds } from '#app/notices/legal-bases/basis.ts'
import { currentPack } from '#app/notices/legal-bases/packs.ts'
import { takeSteps } from '#app/notices/take-steps.server.ts'
import type { Taker } from '#app/notices/taker.server.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { grantOf, mandateCovers, type CoveredNotice, type Terms } from './mandate.ts'

/** What of a mandate this needs; a locked one is one. */
export interface StoppedMandate {
  readonly id: string
  readonly associationId: string
  readonly memberId: string
  readonly timeZone: string
}

interface Stopping {
  readonly taker: Taker
  readonly mandate: StoppedMandate
  /** What still counts; null when nothing does. */
  readonly remaining: Terms | null
  /** For the ledger. */
  readonly because: 'revoked' | 'narrowed' | 'expired'
}

/** How many notices are stopped in one step: what a transaction holds stays bounded, and all of it commits together. */
const perStep = 500

/**
 * Withdraws the notices that an association filed for a member, that nobody has been sent, and that the remaining mandate no
 * longer covers; their letters stay unsent. Call it while the old grant still stands: the association acts by it.
 *
 * @returns how many were stopped
 */
export async function stopUncovered(tx: Transaction, stopping: Stopping): Promise<number> {
  const { taker, mandate, remaining, because } = stopping
  const grant = remaining === null ? null : grantOf(remaining, mandate)
  const at = now()
  const waiting = await findWaiting(tx, mandate)
  const uncovered = waiting.filter((notice) => !mandateCovers(grant, notice, scopeOf(notice), at)).map(({ id }) => id)
  const ids = Array.from({ length: Math.ceil(uncovered.length / perStep) }, (_, index) =>
    uncovered.slice(index * perStep, (index + 1) * perStep),
  )
  const counts: number[] = []
  for (const noticeIds of ids) counts.push(await stop(tx, { noticeIds, taker, because }))
  return counts.reduce((sum, count) => sum + count, 0)
}

async function stop(
  tx: Transaction,
  { noticeIds, taker, because }: { noticeIds: readonly string[] } & Pick<Stopping, 'taker' | 'because'>,
): Promise<number> {
  // The duties first, as the worker takes them: whoever comes second finds the other's work done.
  const duties = await tx.$queryRaw<{ id: string }[]>`
    select id from mail_duty where notice_id = any(${[...noticeIds]}::uuid[]) and kind in ('notice-served', 'approval-needed') and cancelled_at is null
      and not exists (select from outgoing_mail o where o.duty_id = mail_duty.id and o.accepted_at is not null)
    order by id for update`
  const { succeeded } = await takeSteps(tx, {
    step: 'mandate.revoked',
    noticeIds,
    taker,
    prepare: (ready) => Promise.resolve(new Map(ready.map(({ notice }) => [notice.id, { payload: { because } }]))),
  })
  // What is resolved but not handed over is not sent either: the sweep finds its duty cancelled.
  await tx.mailDuty.updateMany({
    where: { id: { in: duties.map(({ id }) => id) }, noticeId: { in: succeeded.map(({ noticeId }) => noticeId) } },
    data: { cancelledAt: now() },
  })
  return succeeded.length
}

type Waiting = CoveredNotice & { id: string; statements: string[] | null }

const sworn = new Set<string>(
  basisIds.flatMap((id) => currentPack(id).statements.flatMap((each) => (each.sworn ? [each.id] : []))),
)

// What was sworn in the member's name needs more than the right to file.
function scopeOf({ statements }: Waiting): 'file' | 'swear' {
  return statements?.some((id) => sworn.has(id)) ? 'swear' : 'file'
}

function findWaiting(tx: Transaction, { associationId, memberId }: StoppedMandate): Promise<Waiting[]> {
  return tx.$queryRaw<Waiting[]>`
    select n.id, n.holder_organisation_id as "holderId", n.filed_by_organisation_id as "filedById", n.stage, n.vendor_id as "vendorId",
      s.catalogue_id as "catalogueId", (select array_agg(m.measure) from notice_measure m where m.notice_id = n.id) as measures,
      (select array_agg(t ->> 'id') from jsonb_array_elements(f.statements) t) as statements
    from notice n join notice_scope s on s.id = n.scope_id join filing f on f.id = n.filing_id
    where n.holder_organisation_id = ${memberId}::uuid and n.filed_by_organisation_id = ${associationId}::uuid
      and n.stage in ('awaiting_approval', 'queued')
    order by n.id`
}
