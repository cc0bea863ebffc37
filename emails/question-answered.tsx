import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
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
      preview: given.question.answer.slice(0, 140),
      blocks: [
        { kind: 'due', line: [runLine(given)] },
        { kind: 'section', title: m.questions_mail_answer_words() },
        quoted(given.question.answer),
        ...(given.question.files === 0
          ? []
          : [{ kind: 'line', line: [m.questions_mail_files({ count: formatNumber(given.question.files) })] } as const]),
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

function fact({ holder }: QuestionFacts): string {
  return m.questions_mail_answered_subject({ holder: holder.name })
}
