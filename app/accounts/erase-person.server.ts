import { eraseLogin } from '#app/platform/auth.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'

/**
 * Empties what is known of a person who asked for it: the job `erase-person`. Login first, so that nobody signs in to what
 * is half erased; both halves may run again.
 */
export async function erasePerson(personId: string): Promise<void> {
  await eraseLogin(personId)
  await withWorker((tx) => tx.$queryRaw`select erase_person(${personId}::uuid, ${now()}::timestamptz)`)
}
