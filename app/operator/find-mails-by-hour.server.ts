import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { hoursOf, type HourOfMails, type MailsOfHour } from './metrics.ts'

/** The mails of the last 24 hours, for an operator; for others there are none. */
export async function findMailsByHour(personId: string): Promise<readonly HourOfMails[]> {
  const at = now()
  const found = await withPerson(
    personId,
    (tx) => tx.$queryRaw<MailsOfHour[]>`select hour, status, mails from mails_by_hour(${at}::timestamptz)`,
  )
  return hoursOf(found, at)
}
