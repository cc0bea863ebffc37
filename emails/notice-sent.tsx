import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import type { Content } from './blocks.ts'
import { instantInZones } from './dates.ts'
import { dueRows } from './due-rows.ts'
import { day, instant, noticeFacts } from './facts.ts'
import { oneLine } from '#app/notices/letter-words.ts'
import { progress, withReference } from './wording.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know. */
export const facts = noticeFacts.extend({
  to: z.string(),
  at: instant,
  zones: z.array(z.string()).min(1).max(2),
  /** The receiving server's own words. */
  answer: z.string(),
  acknowledgeBy: day.nullable(),
  decideBy: day.nullable(),
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = ({ reference, vendor }: Facts): string =>
  withReference(m.mails_notice_sent_subject({ vendor: vendor.name }), reference)

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { vendor, to, at, zones, answer, acknowledgeBy, decideBy } = given
  const title = m.mails_notice_sent_title({ vendor: vendor.name })
  return progress(given, {
    title,
    preview: m.mails_notice_sent_text(),
    blocks: [
      { kind: 'line', line: [m.mails_notice_sent_text()] },
      {
        kind: 'facts',
        rows: [
          { label: m.mails_row_to(), line: [{ text: to, mono: true }] },
          { label: m.mails_row_at(), line: [instantInZones(at, zones)] },
          { label: m.mails_row_answer(), line: [{ text: oneLine(answer), mono: true }] },
          ...dueRows({ acknowledgeBy, decideBy }),
        ],
      },
    ],
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
