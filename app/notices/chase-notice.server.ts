import { Prisma } from '#app/generated/prisma/client.ts'
import { gatherMails } from '#app/mail/gather-mails.server.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import type { Untaken } from './explain-refusals.server.ts'
import { calendarOfPlace } from './place-calendar.server.ts'
import { chaserNow, mailDayOf, type ChaserNow } from './reminders.ts'
import { gatheredOf, isOpen, lookAgain, lookAtNotices, takeReminders, type Due } from './remind.server.ts'
import type { Taker } from './taker.server.ts'

/** What came of chasing: sent with the next mail of the day, or why not. */
export type Chased =
  | { readonly chased: true }
  | {
      readonly chased: false
      readonly because: NonNullable<ChaserNow['because']> | 'not-open' | 'frozen' | Untaken['because']
    }

/**
 * Chases the vendor of one notice now, within the caps that hold for chasers that come by themselves. It goes into the one
 * mail of the day to the vendor, and the next chaser by itself is counted from it. In the worker process: the mails of a day
 * are everybody's. The caller has authorised it.
 */
export async function chaseNotice(
  tx: Transaction,
  { taker, noticeId }: { taker: Taker; noticeId: string },
): Promise<Chased> {
  await tx.$queryRaw`select id from notice where id = ${noticeId}::uuid for update`
  const at = now()
  const notices = await lookAtNotices(tx, [noticeId], Prisma.sql`c.met_at is null`)
  const [notice] = notices
  if (notice === undefined || !isOpen(notice.stage)) return { chased: false, because: 'not-open' }
  if (notice.frozen) return { chased: false, because: 'frozen' }
  const clocks = notice.clocks.map(({ computed }) => computed)
  const calendar = calendarOfPlace(clocks[0] ?? { country: null, timeZone: null })
  const { chaser, because } = chaserNow(clocks, { past: notice.past, at: at.toISOString(), calendar })
  if (chaser === null) return { chased: false, because }
  const kind = chaser.reminder === 'acknowledge_overdue' ? 'acknowledge' : 'decide'
  const clock = clocks.find((each) => each.kind === kind)
  if (clock === undefined) throw new Error(`The notice ${noticeId} is chased without a clock`)
  const due: Due = { notice, clock, reminded: { ...chaser, mailOn: mailDayOf(at.toISOString(), calendar) } }
  const taken = await takeReminders(tx, { due: [due], taker })
  if (taken.length === 0) return { chased: false, because: 'not-now' }
  await lookAgain(tx, { notices, taken, at })
  await gatherMails(
    tx,
    taken.flatMap((each) => gatheredOf(each, at)),
    at,
  )
  return { chased: true }
}
