import type { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import type { Content } from './blocks.ts'
import { actFacts, noticeFacts } from './facts.ts'
import { Layout } from './layout.tsx'
import { actRows, progress, withReference } from './wording.ts'

/** What this mail needs to know. */
export const facts = noticeFacts.extend({ act: actFacts })
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = ({ reference, holder }: Facts): string =>
  withReference(m.questions_mail_escalation_ended_subject({ holder: holder.name }), reference)

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { holder, act } = given
  return progress(given, {
    title: m.questions_mail_escalation_ended_subject({ holder: holder.name }),
    preview: m.questions_mail_escalation_ended_text(),
    blocks: [
      { kind: 'line', line: [m.questions_mail_escalation_ended_text()] },
      { kind: 'facts', rows: actRows(act) },
    ],
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
