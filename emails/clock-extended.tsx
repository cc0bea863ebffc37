import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { formatDayInFull, formatNumber } from '#app/ui/format.ts'
import { oneLine } from '#app/notices/letter-words.ts'
import type { Content } from './blocks.ts'
import { instantInZones } from './dates.ts'
import { actFacts, day, instant, noticeFacts } from './facts.ts'
import { actRows, progress, withReference } from './wording.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know. */
export const facts = noticeFacts.extend({
  act: actFacts,
  clock: z.enum(['acknowledge', 'decide']),
  by: z.enum(['holder', 'vendor']),
  days: z.int().positive(),
  dueOn: day,
  dueAt: instant,
  reason: z.string(),
})
type Facts = z.infer<typeof facts>

const titles = {
  acknowledge: m.clocks_mail_extended_acknowledge,
  decide: m.clocks_mail_extended_decide,
} as const satisfies Record<Facts['clock'], unknown>

/** The subject line. */
export const subject = (given: Facts): string => withReference(titleOf(given), given.reference)

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { act, clock, days, dueOn, dueAt, reason } = given
  const label = clock === 'acknowledge' ? m.mails_row_acknowledge_by() : m.mails_row_decide_by()
  const added = m.clocks_mail_extended_days({ n: days, count: formatNumber(days) })
  return progress(given, {
    title: titleOf(given),
    preview: added,
    blocks: [
      { kind: 'line', line: [added] },
      {
        kind: 'facts',
        rows: [
          { label, line: [{ text: formatDayInFull(dueOn), strong: true }] },
          { label: m.clocks_mail_row_ends(), line: [instantInZones(dueAt, act.zones)] },
          { label: m.mails_row_reason(), line: [oneLine(reason)] },
          ...actRows(act),
        ],
      },
    ],
  })
}

function titleOf({ clock, by, holder, vendor }: Facts): string {
  return titles[clock]({ who: by === 'holder' ? holder.name : vendor.name })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
