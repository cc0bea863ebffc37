import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { formatDayInFull } from '#app/ui/format.ts'
import type { Content } from './blocks.ts'
import { actFacts, day, noticeFacts } from './facts.ts'
import { Layout } from './layout.tsx'
import { actRows, answersOf, progress, withReference } from './wording.ts'
import { quoted } from './question-facts.ts'

/** What this mail needs to know. */
export const facts = noticeFacts.extend({
  act: actFacts,
  /** Answers that are open again: works times measures. */
  answers: z.int().nonnegative(),
  reason: z.string(),
  decideBy: day.nullable(),
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = ({ reference, holder }: Facts): string =>
  withReference(m.questions_mail_challenged_subject({ holder: holder.name }), reference)

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { holder, act, answers, reason, decideBy } = given
  const open = m.questions_mail_challenged_text({ answers: answersOf(answers) })
  return progress(given, {
    title: m.questions_mail_challenged_subject({ holder: holder.name }),
    preview: open,
    blocks: [
      { kind: 'line', line: [open] },
      ...(decideBy === null
        ? []
        : [{ kind: 'due', line: [m.questions_mail_challenged_due({ on: formatDayInFull(decideBy) })] } as const]),
      { kind: 'section', title: m.mails_row_reason() },
      quoted(reason),
      { kind: 'facts', rows: actRows(act) },
    ],
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
