import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import type { Content } from './blocks.ts'
import { actFacts, noticeFacts } from './facts.ts'
import { actRows, progress, withReference } from './wording.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know. */
export const facts = noticeFacts.extend({
  act: actFacts,
  reason: z.string(),
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = ({ reference, holder }: Facts): string =>
  withReference(m.mails_notice_withdrawn_subject({ holder: holder.name }), reference)

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { holder, act, reason } = given
  return progress(given, {
    title: m.mails_notice_withdrawn_title({ holder: holder.name }),
    preview: m.mails_notice_withdrawn_text(),
    blocks: [
      { kind: 'line', line: [m.mails_notice_withdrawn_text()] },
      { kind: 'facts', rows: [{ label: m.mails_row_reason(), line: [reason] }, ...actRows(act)] },
    ],
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
