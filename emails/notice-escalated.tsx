import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { formatDayInFull } from '#app/ui/format.ts'
import type { Content } from './blocks.ts'
import { actFacts, day, noticeFacts } from './facts.ts'
import { Layout } from './layout.tsx'
import { actRows, progress, withReference } from './wording.ts'

/** What this mail needs to know. */
export const facts = noticeFacts.extend({
  act: actFacts,
  escalation: z.enum(['regulator', 'litigation']),
  /** The authority or the court, and the holder's number there; empty where nothing is known. */
  where: z.string(),
  number: z.string(),
  since: day,
})
type Facts = z.infer<typeof facts>

const texts = {
  regulator: m.questions_mail_escalated_text_regulator,
  litigation: m.questions_mail_escalated_text_litigation,
} as const satisfies Record<Facts['escalation'], unknown>

/** The subject line. */
export const subject = ({ reference, holder }: Facts): string =>
  withReference(m.questions_mail_escalated_subject({ holder: holder.name }), reference)

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { holder, act, escalation, where, number, since } = given
  const text = texts[escalation]()
  return progress(given, {
    title: m.questions_mail_escalated_subject({ holder: holder.name }),
    preview: text,
    blocks: [
      { kind: 'line', line: [text] },
      {
        kind: 'facts',
        rows: [
          ...(where === '' ? [] : [{ label: m.questions_mail_row_where(), line: [where] }]),
          ...(number === '' ? [] : [{ label: m.questions_mail_row_number(), line: [number] }]),
          { label: m.questions_mail_row_since(), line: [formatDayInFull(since)] },
          ...actRows(act),
        ],
      },
    ],
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
