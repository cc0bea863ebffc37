import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import type { Content } from './blocks.ts'
import { actFacts, noticeFacts } from './facts.ts'
import { Layout } from './layout.tsx'
import { actRows, progress, withReference } from './wording.ts'

/** What this mail needs to know. */
export const facts = noticeFacts.extend({
  act: actFacts,
  /** The reference of the notice that takes its place. */
  by: z.string(),
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = ({ reference, holder, by }: Facts): string =>
  withReference(m.questions_mail_superseded_subject({ holder: holder.name, by }), reference)

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { holder, act, by } = given
  return progress(given, {
    title: m.questions_mail_superseded_subject({ holder: holder.name, by }),
    preview: m.questions_mail_superseded_text({ by }),
    blocks: [
      { kind: 'line', line: [m.questions_mail_superseded_text({ by })] },
      { kind: 'facts', rows: actRows(act) },
    ],
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
