import { m } from '#app/generated/messages/messages.js'
import type { Content } from './blocks.ts'
import { Layout } from './layout.tsx'
import { questionFacts, reminderContent, type QuestionFacts } from './question-facts.ts'
import { withReference } from './wording.ts'

/** What this mail needs to know. */
export const facts = questionFacts

/** The subject line. */
export const subject = (given: QuestionFacts): string => withReference(fact(given), given.reference)

/** The body, for both parts. */
export function content(given: QuestionFacts): Content {
  return reminderContent(given, { title: fact(given), number: 2 })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}

function fact({ vendor }: QuestionFacts): string {
  return m.questions_mail_last_reminder_subject({ vendor: vendor.name })
}
