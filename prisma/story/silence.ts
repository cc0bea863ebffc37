import { oweSummaries } from '#app/notices/owe-summaries.server.ts'
import { remindDue } from '#app/notices/remind.server.ts'
import { setClock } from '#app/platform/clock.server.ts'
import { file } from './file.ts'
import { idOf, type Stage } from './plot.ts'
import { goTo } from './time.ts'

// So long that the vendor is chased as often as may be, and its decision is long overdue.
const daysAgo = 66

/** A vendor that never answers: filed long before everything else, so play it first. */
export async function playSilence({ press, vendors, photographs, deliver }: Stage): Promise<void> {
  goTo(daysAgo, 14, 0)
  await file(press, {
    vendorIds: [idOf(vendors, 'brightwater')],
    catalogue: photographs,
    capacity: 'rights manager',
  })
  goTo(daysAgo, 14, 31)
  await deliver()
  setClock(null)
}

/** Lets the portal look at the dates on every morning of the story, as its worker would have done. Play it last. */
export async function playMornings({ deliver }: Stage): Promise<void> {
  for (let day = daysAgo - 1; day > 0; day -= 1) {
    // After eight in Los Angeles, where the day of the story's vendors begins last, and once gathered mails are due.
    goTo(day, 16, 30)
    await oweSummaries()
    await remindDue()
    goTo(day, 16, 32)
    await deliver()
  }
  setClock(null)
}
