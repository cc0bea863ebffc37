import { z } from 'zod'
import type { Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { formatDateTime } from '#app/ui/format.ts'
import type { AnswerForm } from './answer-files.server.ts'
import { answerQuestion } from './answer-question.server.ts'
import { closeQuestion } from './close-question.server.ts'
import type { Ended } from './end-question.server.ts'
import type { QuestionAgain } from './question-page.tsx'
import { questionWords } from './questions.ts'
import { explainUntaken } from './step-wording.ts'
import { asMember } from './taker.server.ts'

/** What came of a form on a question's page: done, or the page once more. */
export type AnswerTaken =
  | { readonly done: 'clarification.answered' | 'clarification.closed' }
  | { readonly again: QuestionAgain; readonly status: 400 | 409 }

const intents = z.enum(['answer', 'close'])

/**
 * Answers or closes a question as the form on its page says.
 *
 * @returns null for a form that no page of ours sends
 */
export async function takeAnswer(
  member: Member,
  { noticeId, number }: { noticeId: string; number: number },
  { fields, files, carried, faults }: AnswerForm,
): Promise<AnswerTaken | null> {
  const intent = intents.safeParse(fields.get('intent'))
  if (!intent.success) return null
  if (intent.data === 'close') {
    const ended = await asMember(member, (tx, taker) => closeQuestion(tx, { taker, noticeId, number }))
    return outcomeOf(member, 'clarification.closed', ended, { text: '', files: [] })
  }
  const text = fields.get('text') ?? ''
  const words = questionWords.safeParse(text)
  if (!words.success || faults.length > 0) {
    const errors = words.success ? [] : words.error.issues.map(({ message }) => message)
    return { again: { text, errors, files: carried, fileErrors: faults, said: [] }, status: 400 }
  }
  const answer = { noticeId, number, text: words.data, files }
  const ended = await asMember(member, (tx, taker) => answerQuestion(tx, { taker, ...answer }))
  return outcomeOf(member, 'clarification.answered', ended, { text: words.data, files: carried })
}

function outcomeOf(
  { name, timeZone }: Member,
  step: 'clarification.answered' | 'clarification.closed',
  ended: Ended,
  { text, files }: Pick<QuestionAgain, 'text' | 'files'>,
): AnswerTaken | null {
  const again = { text, files, errors: [], fileErrors: [] }
  const refused = (said: string): AnswerTaken => ({ again: { ...again, said: [said] }, status: 409 })
  if (ended.ended) {
    const [untaken] = ended.failed
    return untaken === undefined ? { done: step } : refused(explainUntaken(step, untaken, timeZone))
  }
  if (ended.because === 'unknown') return null
  const { before } = ended
  // The same form sent twice is one answer.
  const same =
    step === 'clarification.answered' ? before.how === 'answered' && before.text === text : before.how === 'closed'
  if (same && before.name === name) return { done: step }
  const time = formatDateTime(before.at, timeZone)
  return refused(
    before.how === 'answered' && before.name !== null
      ? m.questions_fault_before({ name: before.name, time })
      : m.questions_fault_ended({ time }),
  )
}
