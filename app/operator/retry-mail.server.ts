import { mayKeepDirectory, notOperator, type Keeper } from '#app/accounts/keeper.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { wake } from '#app/platform/wake.server.ts'

/** Sends a finally failed mail once more: the same bytes, to the same address. */
export async function retryMail({ member, mailId }: { member: Keeper; mailId: string }) {
  if (!mayKeepDirectory(member)) return notOperator
  return withPerson(member.personId, async (tx) => {
    const [row] = await tx.$queryRaw<{ queued: boolean }[]>`select retry_mail(${mailId}::uuid, ${now()}) as queued`
    if (row?.queued !== true) return { allowed: false, because: 'not-failed' } as const
    await wake(tx, 'mail')
    return { allowed: true } as const
  })
}
