import { parseWithZod } from '@conform-to/zod/v4'
import type { Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { askQuestion, type Asked } from './ask-question.server.ts'
import type { AskingAgain } from './asking-page.tsx'
import { worksFault } from './question-words.ts'
import { askedWorks, askForm, sendBackForm } from './questions.ts'
import { sendBack } from './send-back.server.ts'
import { explainUntaken } from './step-wording.ts'
import { asMember } from './taker.server.ts'
import { isLook } from './works-look.ts'

/** What came of a form of the page for asking: asked, sent back, or the form once more. */
export type QuestionTaken =
  | { readonly done: 'clarification.requested' | 'notice.sent_back' }
  | { readonly again: AskingAgain; readonly status: 200 | 400 | 409 }

/**
 * Asks, or sends the notice back, as a form of the page for asking says.
 *
 * @returns null for a form that no page of ours sends
 */
export function takeQuestion(member: Member, noticeId: string, form: FormData): Promise<QuestionTaken | null> {
  const intent = form.get('intent')
  if (intent === 'ask') return ask(member, noticeId, form)
  if (isLook(form)) return Promise.resolve({ again: againOf('ask', form, {}), status: 200 })
  return intent === 'send-back' ? back(member, noticeId, form) : Promise.resolve(null)
}

async function ask(member: Member, noticeId: string, form: FormData): Promise<QuestionTaken | null> {
  const submission = parseWithZod(form, { schema: askForm })
  if (submission.status !== 'success') return faultsOf('ask', form, submission.error ?? {})
  const { question: questionId, kind, text } = submission.value
  const works = askedWorks(submission.value)
  if (works === null) return { again: againOf('ask', form, { work: [m.questions_fault_works()] }), status: 400 }
  const asked = await asMember(member, (tx, taker) =>
    askQuestion(tx, { taker, noticeId, questionId, kind, works, text }),
  )
  if (!asked.accepted) return { again: againOf('ask', form, { work: [worksFault(asked)] }), status: 400 }
  return outcomeOf(member, 'clarification.requested', asked, form)
}

async function back(member: Member, noticeId: string, form: FormData): Promise<QuestionTaken | null> {
  const submission = parseWithZod(form, { schema: sendBackForm })
  if (submission.status !== 'success') return faultsOf('send-back', form, submission.error ?? {})
  const { question: questionId, reason: reasons, text } = submission.value
  const results = await asMember(member, (tx, taker) => sendBack(tx, { taker, noticeId, questionId, reasons, text }))
  return outcomeOf(member, 'notice.sent_back', results, form)
}

function outcomeOf(
  { timeZone }: Member,
  step: 'clarification.requested' | 'notice.sent_back',
  { failed: [untaken] }: Pick<Asked, 'failed'>,
  form: FormData,
): QuestionTaken {
  if (untaken === undefined) return { done: step }
  const intent = step === 'notice.sent_back' ? 'send-back' : 'ask'
  return { again: againOf(intent, form, {}, [explainUntaken(step, untaken, timeZone)]), status: 409 }
}

const shownFields = new Set(['kind', 'text', 'reason', 'work'])

// A fault at a field that no page of ours fills wrongly is nobody's to mend.
function faultsOf(
  intent: AskingAgain['intent'],
  form: FormData,
  error: Readonly<Record<string, readonly string[] | null>>,
): QuestionTaken | null {
  const errors = Object.fromEntries(Object.entries(error).flatMap(([name, texts]) => (texts ? [[name, texts]] : [])))
  if (Object.keys(errors).some((name) => !shownFields.has(name))) return null
  return { again: againOf(intent, form, errors), status: 400 }
}

function againOf(
  intent: AskingAgain['intent'],
  form: FormData,
  errors: AskingAgain['errors'],
  said: readonly string[] = [],
): AskingAgain {
  const one = (name: string) => textIn(form.get(name))
  const many = (name: string) => form.getAll(name).map(textIn)
  return {
    intent,
    question: one('question'),
    kind: one('kind'),
    about: one('about'),
    work: many('work'),
    reason: many('reason'),
    text: one('text'),
    errors,
    said,
  }
}

function textIn(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : ''
}
