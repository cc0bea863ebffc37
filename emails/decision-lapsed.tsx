import type { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { formatDayInFull } from '#app/ui/format.ts'
import type { Content } from './blocks.ts'
import { day, noticeFacts } from './facts.ts'
import { progress, withReference } from './wording.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know. */
export const facts = noticeFacts.extend({
  /** The last day of the time in which the holder could have challenged. */
  on: day,
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = ({ reference }: Facts): string => withReference(m.mails_decision_lapsed_subject(), reference)

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { holder, on } = given
  return progress(given, {
    title: m.mails_decision_lapsed_title(),
    preview: m.mails_decision_lapsed_text({ holder: holder.name, on: formatDayInFull(on) }),
    blocks: [{ kind: 'line', line: [m.mails_decision_lapsed_text({ holder: holder.name, on: formatDayInFull(on) })] }],
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
