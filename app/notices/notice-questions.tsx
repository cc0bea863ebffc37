import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'
import type { Question } from './find-questions.server.ts'
import type { NoticeView } from './notice-view.ts'
import { QuestionThread } from './question-thread.tsx'

/** The questions about the notice and their answers; nothing while none was asked. */
export function NoticeQuestions({ view }: { view: NoticeView }) {
  const { questions } = view
  if (questions.length === 0) return null
  const open = questions.filter(({ ended }) => ended === null).length
  return (
    <Section
      id="questions"
      title={m.questions_title()}
      aside={open === 0 ? m.questions_none_open() : m.questions_open_count({ count: formatNumber(open) })}
    >
      <QuestionThread
        questions={questions}
        reader={{ ...view, base: `/notices/${view.notice.reference}/questions` }}
        renderAct={(question) => <Acts question={question} view={view} />}
      />
    </Section>
  )
}

function Acts({ question: { number }, view }: { question: Question; view: NoticeView }) {
  const href = `/notices/${view.notice.reference}/questions/${number}`
  if (view.open.includes('clarification.answered')) {
    return (
      <p className="bs">
        <LinkButton look="go" href={href}>
          {m.questions_answer_open()}
        </LinkButton>
      </p>
    )
  }
  return (
    <div className="bs">
      <LinkButton href={href}>{m.questions_look()}</LinkButton>
      {view.open.includes('clarification.closed') && (
        <form method="post" action={href}>
          <Button name="intent" value="close">
            {m.questions_close_act()}
          </Button>
        </form>
      )}
    </div>
  )
}
