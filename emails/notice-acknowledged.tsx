import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import type { Content } from './blocks.ts'
import { dueRows } from './due-rows.ts'
import { actFacts, day, noticeFacts } from './facts.ts'
import { actRows, progress, withReference } from './wording.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know. */
export const facts = noticeFacts.extend({
  act: actFacts,
  /** The vendor's own reference. */
  theirReference: z.string().nullable(),
  decideBy: day.nullable(),
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = ({ reference, vendor }: Facts): string =>
  withReference(m.mails_notice_acknowledged_subject({ vendor: vendor.name }), reference)

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { vendor, act, theirReference, decideBy } = given
  return progress(given, {
    title: m.mails_notice_acknowledged_title({ vendor: vendor.name }),
    preview: m.mails_notice_acknowledged_text(),
    blocks: [
      { kind: 'line', line: [m.mails_notice_acknowledged_text()] },
      {
        kind: 'facts',
        rows: [
          ...actRows(act),
          ...(theirReference === null ? [] : [{ label: m.mails_row_their_reference(), line: [theirReference] }]),
          ...dueRows({ acknowledgeBy: null, decideBy }),
        ],
      },
    ],
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
