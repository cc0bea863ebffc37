import { m } from '#app/generated/messages/messages.js'
import type { Content } from './blocks.ts'
import { Layout } from './layout.tsx'
import { pauseLine, questionBlocks, questionFacts, type QuestionFacts } from './question-facts.ts'
import { progress, withReference } from './wording.ts'

/** What this mail needs to know. */
export const facts = questionFacts

/** The subject line. */
export const subject = (given: QuestionFacts): string => withReference(fact(given), given.reference)

/** The body, for both parts. */
export function content(given: QuestionFacts): Content {
  return progress(
    { ...given, url: given.questionUrl },
    {
      title: fact(given),
      preview: given.question.reasons.join(m.notices_line_and()),
      blocks: [{ kind: 'due', line: [pauseLine(given)] }, ...questionBlocks(given)],
      act: m.questions_mail_act(),
    },
  )
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}

function fact({ vendor }: QuestionFacts): string {
  return m.questions_mail_back_subject({ vendor: vendor.name })
}
