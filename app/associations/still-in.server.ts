import type { Transaction } from '#app/platform/db.server.ts'
import type { CollectiveState } from './collective.ts'

/**
 * Whether a collective filing is still in a state and not called off. Held until the transaction ends: who calls it off waits for what
 * is being done, and whoever goes on afterwards finds it called off.
 */
export async function stillIn(tx: Transaction, collectiveId: string, state: CollectiveState): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 as one from collective_filing where id = ${collectiveId}::uuid and state = ${state} and called_off_at is null for share`
  return rows.length === 1
}
