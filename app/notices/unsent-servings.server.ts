import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'

/** A duty to serve a notice of which nothing has been composed yet. */
export interface UnsentServing {
  readonly id: string
  readonly noticeId: string
}

/**
 * Locks what is still to be served of notices. Call it before the notices are locked: the worker takes duties first, too,
 * so that whoever comes second finds the other's work done and nobody waits in a circle.
 */
export function lockUnsentServings(tx: Transaction, noticeIds: readonly string[]): Promise<readonly UnsentServing[]> {
  return tx.$queryRaw<UnsentServing[]>`
    select id, notice_id as "noticeId" from mail_duty
    where notice_id = any(${[...noticeIds]}::uuid[]) and kind = 'notice-served' and resolved_at is null and cancelled_at is null
    order by id for update`
}

/** Cancels duties that are locked: their mails are never composed. */
export async function cancelServings(tx: Transaction, servings: readonly UnsentServing[]): Promise<void> {
  if (servings.length === 0) return
  await tx.mailDuty.updateMany({
    where: { id: { in: servings.map(({ id }) => id) } },
    data: { cancelledAt: now() },
  })
}
