import type { Member } from '#app/accounts/viewer.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { asMember, type Taker } from './taker.server.ts'

/** Ends a transaction that must not last. */
class UndoneError extends Error {
  override name = 'UndoneError'
}

/**
 * Runs an act as a member and undoes it with its transaction: what it answers is what the act itself would have done and
 * seen, and nothing of it remains. Its locks are freed at once.
 */
export async function dryRun<T>(member: Member, act: (tx: Transaction, taker: Taker) => Promise<T>): Promise<T> {
  const seen: T[] = []
  try {
    await asMember(member, async (tx, taker) => {
      seen.push(await act(tx, taker))
      throw new UndoneError('A dry run is undone.')
    })
  } catch (error) {
    if (!(error instanceof UndoneError)) throw error
  }
  const [value] = seen
  if (value === undefined) throw new Error('A dry run saw nothing')
  return value
}
