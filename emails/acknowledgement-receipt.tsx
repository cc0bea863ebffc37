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
export const subject = ({ reference, holder }: Facts): string =>
  withReference(m.mails_acknowledgement_receipt_subject({ holder: holder.name }), reference)

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { holder, act, theirReference, decideBy } = given
  return progress(given, {
    title: m.mails_acknowledgement_receipt_title({ holder: holder.name }),
    preview: m.mails_acknowledgement_receipt_text(),
    blocks: [
      { kind: 'line', line: [m.mails_acknowledgement_receipt_text()] },
      {
        kind: 'facts',
        rows: [
          ...actRows(act),
          ...(theirReference === null ? [] : [{ label: m.mails_row_your_reference(), line: [theirReference] }]),
          ...dueRows({ acknowledgeBy: null, decideBy }),
        ],
      },
      { kind: 'line', quiet: true, line: [m.mails_acknowledgement_receipt_wrong()] },
    ],
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
