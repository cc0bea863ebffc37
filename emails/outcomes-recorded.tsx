import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import type { Content } from './blocks.ts'
import { challengeLine } from './challenge-line.ts'
import { dueRows } from './due-rows.ts'
import { actFacts, challenge, counts, day, noticeFacts } from './facts.ts'
import { actRows, progress, withReference, answersOf, worksOf } from './wording.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know. */
export const facts = noticeFacts.extend({
  act: actFacts,
  counts,
  /** Answers (works times measures) that are still to come. */
  pending: z.int().nonnegative(),
  /** Null once nothing is to come, and while the time to decide stands still. */
  decideBy: day.nullable(),
  challenge,
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export function subject({ reference, vendor, counts: given, pending }: Facts): string {
  const answered = given.reduce((sum, { answers }) => sum + answers, 0)
  const total = formatNumber(answered + pending)
  return withReference(
    m.mails_outcomes_recorded_subject({ vendor: vendor.name, answered: formatNumber(answered), total }),
    reference,
  )
}

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { vendor, works, act, pending, decideBy } = given
  const left = pending === 0 ? m.mails_outcomes_none_left() : m.mails_outcomes_left({ answers: answersOf(pending) })
  return progress(given, {
    title: m.mails_outcomes_recorded_title({ vendor: vendor.name, works: worksOf(works) }),
    preview: left,
    blocks: [
      { kind: 'facts', rows: given.counts.map((count) => ({ label: count.label, line: [answersOf(count.answers)] })) },
      { kind: 'line', line: [left] },
      {
        kind: 'facts',
        rows: [...actRows(act), ...dueRows({ acknowledgeBy: null, decideBy })],
      },
      ...challengeLine(given.challenge),
    ],
    act: m.mails_see_answers(),
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
