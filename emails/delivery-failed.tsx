import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import type { Content } from './blocks.ts'
import { isNotComposed } from '#app/mail/not-composed.ts'
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
  /** The receiving server's own words, or that the portal could not write the mail. */
  answer: z.string(),
  /** False when another address of this vendor took the notice before. */
  unserved: z.boolean(),
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = ({ reference, vendor, answer }: Facts): string => {
  const name = { vendor: vendor.name }
  const fact = isNotComposed(answer)
    ? m.mails_delivery_failed_subject_unwritten(name)
    : m.mails_delivery_failed_subject(name)
  return withReference(fact, reference)
}

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { vendor, to, at, zones, answer } = given
  const unwritten = isNotComposed(answer)
  return progress(given, {
    title: m.mails_delivery_failed_title({ vendor: vendor.name }),
    preview: unwritten ? m.mails_delivery_failed_preview_unwritten() : m.mails_delivery_failed_preview({ to }),
    blocks: [
      { kind: 'due', line: [{ text: whatNow(given, unwritten), strong: true }] },
      {
        kind: 'facts',
        rows: [
          { label: m.mails_row_to(), line: [{ text: to, mono: true }] },
          { label: m.mails_row_at(), line: [instantInZones(at, zones)] },
          ...(unwritten
            ? []
            : [{ label: m.mails_row_answer(), line: [{ text: oneLine(answer), mono: true } as const] }]),
        ],
      },
    ],
    act: unwritten ? m.mails_open_notice() : m.mails_delivery_failed_act(),
  })
}

// Where the portal could not write the mail, another contact helps nobody.
function whatNow({ unserved }: Facts, unwritten: boolean): string {
  if (unwritten) return unserved ? m.mails_delivery_failed_unwritten() : m.mails_delivery_failed_unwritten_served()
  return unserved ? m.mails_delivery_failed_unserved() : m.mails_delivery_failed_served()
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
