import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import type { Content } from './blocks.ts'
import { oneLine } from '#app/notices/letter-words.ts'
import { instantInZones } from './dates.ts'
import { instant, noticeFacts } from './facts.ts'
import { progress, withReference } from './wording.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know. */
export const facts = noticeFacts.extend({
  to: z.string(),
  at: instant,
  zones: z.array(z.string()).min(1).max(2),
  /** The receiving server's own words. */
  answer: z.string(),
  /** False when another address of this vendor took the notice before. */
  unserved: z.boolean(),
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = ({ reference, vendor }: Facts): string =>
  withReference(m.mails_delivery_failed_subject({ vendor: vendor.name }), reference)

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { vendor, to, at, zones, answer, unserved } = given
  return progress(given, {
    title: m.mails_delivery_failed_title({ vendor: vendor.name }),
    preview: m.mails_delivery_failed_preview({ to }),
    blocks: [
      {
        kind: 'due',
        line: [
          { text: unserved ? m.mails_delivery_failed_unserved() : m.mails_delivery_failed_served(), strong: true },
        ],
      },
      {
        kind: 'facts',
        rows: [
          { label: m.mails_row_to(), line: [{ text: to, mono: true }] },
          { label: m.mails_row_at(), line: [instantInZones(at, zones)] },
          { label: m.mails_row_answer(), line: [{ text: oneLine(answer), mono: true }] },
        ],
      },
    ],
    act: m.mails_delivery_failed_act(),
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
