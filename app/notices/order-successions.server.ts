import type { Member } from '#app/accounts/viewer.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { supersedeNotices } from './supersede-notice.server.ts'

/**
 * Orders that the notices of a filing take the place of the older ones that its draft names, each of that to its own
 * vendor. What an earlier submission ordered goes.
 *
 * @param order.supersedes references of older notices
 */
export async function orderSuccessions(
  tx: Transaction,
  { member, supersedes, noticeIds }: { member: Member; supersedes: readonly string[]; noticeIds: readonly string[] },
): Promise<void> {
  await tx.noticeSuccession.deleteMany({ where: { successorId: { in: [...noticeIds] }, takenAt: null } })
  if (supersedes.length === 0) return
  const { personId, name, email, organisation } = member
  const taker = { channel: 'portal', personId, name, email, organisation } as const
  const older = await tx.notice.findMany({ where: { reference: { in: [...supersedes] } }, select: { id: true } })
  const ids = older.map(({ id }) => id)
  for (const successorId of noticeIds) await supersedeNotices(tx, { taker, noticeIds: ids, successorId })
}
