import { mayKeepDirectory, notOperator, type Keeper } from '#app/accounts/keeper.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { wake } from '#app/platform/wake.server.ts'

/** Lets mails go again after a restore, but for those that are named: they are known to have gone out since the backup. */
export async function releaseMails({ member, heldBack }: { member: Keeper; heldBack: readonly string[] }) {
  if (!mayKeepDirectory(member)) return notOperator
  return withPerson(member.personId, async (tx) => {
    const [row] = await tx.$queryRaw<{ released: boolean }[]>`
      select release_outbox(${[...heldBack]}::uuid[], ${now()}::timestamptz) as released`
    if (row?.released !== true) return { allowed: false, because: 'not-held' } as const
    await wake(tx, 'mail')
    return { allowed: true } as const
  })
}
