import { mayKeepDirectory, notOperator, type Keeper } from '#app/accounts/keeper.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { wake } from '#app/platform/wake.server.ts'

/** Gives a waiting mail to a notice: the worker takes it in at once, as a mail that had found its way. */
export async function assignReply({
  member,
  replyId,
  reference,
}: {
  member: Keeper
  replyId: string
  reference: string
}) {
  if (!mayKeepDirectory(member)) return notOperator
  return withPerson(member.personId, async (tx) => {
    const [row] = await tx.$queryRaw<{ said: string }[]>`
      select assign_inbound(${replyId}::uuid, ${reference}, ${now()}) as said`
    if (row?.said === 'no-notice') return { allowed: false, because: 'no-notice' } as const
    if (row?.said !== 'assigned') return { allowed: false, because: 'not-waiting' } as const
    await wake(tx, 'inbound')
    return { allowed: true } as const
  })
}

/** Puts a waiting mail aside: it is kept, and belongs to nothing. */
export async function dismissReply({ member, replyId }: { member: Keeper; replyId: string }) {
  if (!mayKeepDirectory(member)) return notOperator
  return withPerson(member.personId, async (tx) => {
    const [row] = await tx.$queryRaw<{ said: string }[]>`select dismiss_inbound(${replyId}::uuid, ${now()}) as said`
    return row?.said === 'dismissed'
      ? ({ allowed: true } as const)
      : ({ allowed: false, because: 'not-waiting' } as const)
  })
}
