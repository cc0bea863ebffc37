import type { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import type { Content } from './blocks.ts'
import { challengeLine } from './challenge-line.ts'
import { actFacts, challenge, counts, noticeFacts } from './facts.ts'
import { actRows, progress, withReference, answersOf } from './wording.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know. */
export const facts = noticeFacts.extend({
  act: actFacts,
  counts,
  challenge,
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = ({ reference, vendor }: Facts): string =>
  withReference(m.mails_decision_declared_subject({ vendor: vendor.name }), reference)

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { vendor, act } = given
  return progress(given, {
    title: m.mails_decision_declared_title({ vendor: vendor.name }),
    preview: m.mails_decision_declared_text(),
    blocks: [
      { kind: 'line', line: [m.mails_decision_declared_text()] },
      { kind: 'facts', rows: given.counts.map((count) => ({ label: count.label, line: [answersOf(count.answers)] })) },
      { kind: 'facts', rows: actRows(act) },
      ...challengeLine(given.challenge),
    ],
    act: m.mails_see_answers(),
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
