import { m } from '#app/generated/messages/messages.js'
import type { Content } from './blocks.ts'
import { Layout } from './layout.tsx'
import { questionFacts, quoted, runLine, type QuestionFacts } from './question-facts.ts'
import { actRows, progress, withReference } from './wording.ts'

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
      preview: m.questions_mail_closed_text(),
      blocks: [
        { kind: 'line', line: [m.questions_mail_closed_text()] },
        { kind: 'due', line: [runLine(given)] },
        { kind: 'facts', rows: actRows(given.act) },
        { kind: 'section', title: m.questions_mail_words() },
        quoted(given.question.text),
      ],
      act: m.mails_open_notice(),
    },
  )
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}

function fact({ vendor }: QuestionFacts): string {
  return m.questions_mail_closed_subject({ vendor: vendor.name })
}
