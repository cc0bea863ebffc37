import { mayKeepDirectory, notOperator, type Keeper } from '#app/accounts/keeper.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { wake } from '#app/platform/wake.server.ts'

/** Queues a failed job once more, at once, with the import that it does. Its attempts count on. */
export async function retryJob({ member, jobId }: { member: Keeper; jobId: string }) {
  if (!mayKeepDirectory(member)) return notOperator
  return withPerson(member.personId, async (tx) => {
    const [row] = await tx.$queryRaw<{ queued: boolean }[]>`select retry_job(${jobId}::uuid, ${now()}) as queued`
    if (row?.queued !== true) return { allowed: false, because: 'not-failed' } as const
    await wake(tx, 'job')
    return { allowed: true } as const
  })
}
