import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import type { Content } from './blocks.ts'
import { actFacts, noticeFacts } from './facts.ts'
import { actRows, progress, withReference } from './wording.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know. */
export const facts = noticeFacts.extend({
  act: actFacts,
  from: z.string(),
  to: z.string(),
  /** True when it went at once, within the vendor's own domain; false when the holder must confirm. */
  sent: z.boolean(),
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = ({ reference, vendor, sent }: Facts): string =>
  withReference(
    sent
      ? m.mails_notice_forwarded_subject({ vendor: vendor.name })
      : m.mails_notice_forward_asked_subject({ vendor: vendor.name }),
    reference,
  )

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { vendor, act, from, to, sent } = given
  return progress(given, {
    title: sent
      ? m.mails_notice_forwarded_title({ vendor: vendor.name })
      : m.mails_notice_forward_asked_title({ vendor: vendor.name }),
    preview: sent ? m.mails_notice_forwarded_text() : m.mails_notice_forward_asked_text(),
    blocks: [
      { kind: 'line', line: [sent ? m.mails_notice_forwarded_text() : m.mails_notice_forward_asked_text()] },
      {
        kind: 'facts',
        rows: [
          { label: m.mails_row_from(), line: [{ text: from, mono: true }] },
          { label: m.mails_row_to(), line: [{ text: to, mono: true }] },
          ...actRows(act),
        ],
      },
    ],
    ...(sent ? {} : { act: m.mails_notice_forward_asked_act() }),
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
