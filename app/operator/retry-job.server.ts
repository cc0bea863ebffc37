import { mayKeepDirectory, notOperator, type Keeper } from '#app/accounts/keeper.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { wake } from '#app/platform/wake.server.ts'

/** Queues a failed job once more, at once. Its attempts count on. */
export async function retryJob({ member, jobId }: { member: Keeper; jobId: string }) {
  if (!mayKeepDirectory(member)) return notOperator
  return withPerson(member.personId, async (tx) => {
    const { count } = await tx.job.updateMany({
      where: { id: jobId, status: 'failed' },
      data: { status: 'queued', runAt: now(), leaseUntil: null, finishedAt: null },
    })
    if (count === 0) return { allowed: false, because: 'not-failed' } as const
    await wake(tx, 'job')
    return { allowed: true } as const
  })
}
