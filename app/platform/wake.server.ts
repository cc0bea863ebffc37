import type { Transaction } from './db.server.ts'

/** What the worker waits for; whoever sets the clock rings for the dates. */
export type Alarm = 'mail' | 'job' | 'inbound' | 'dates'

/** The channel on which the worker listens. */
export const wakeChannel = 'caveat_wake'

/** Wakes the worker when the transaction commits. Only an alarm clock: the rows themselves are the truth, and a sweep finds them too. */
export async function wake(tx: Transaction, alarm: Alarm): Promise<void> {
  await tx.$executeRaw`select pg_notify(${wakeChannel}, ${alarm})`
}
