import { parseWithZod } from '@conform-to/zod/v4'
import type { Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { now } from '#app/platform/clock.server.ts'
import { endEscalation, escalateNotice } from './escalate-notice.server.ts'
import type { EscalatingAgain } from './escalating-page.tsx'
import { escalateForm } from './escalations.ts'
import { explainUntaken } from './step-wording.ts'
import type { StepResults } from './take-steps.server.ts'
import { asMember } from './taker.server.ts'
import { dayOf } from './working-days.ts'

type EscalationStep = 'notice.escalated' | 'escalation.ended'

/** What came of a form for escalating: recorded, or the form once more. */
export type EscalationTaken =
  | { readonly done: EscalationStep }
  | { readonly again: EscalatingAgain; readonly status: 400 | 409 }

const fields = ['kind', 'where', 'reference', 'since', 'told'] as const
const shownFields: ReadonlySet<string> = new Set(fields)

/**
 * Records an escalation or its end as a form of its page says.
 *
 * @returns null for a form that no page of ours sends
 */
export async function takeEscalation(
  member: Member,
  noticeId: string,
  form: FormData,
): Promise<EscalationTaken | null> {
  if (form.get('intent') === 'end') {
    const results = await asMember(member, (tx, taker) => endEscalation(tx, { taker, noticeId }))
    return outcomeOf(member, 'escalation.ended', results, form)
  }
  const submission = parseWithZod(form, { schema: escalateForm })
  if (submission.status !== 'success') {
    const errors = Object.fromEntries(
      Object.entries(submission.error ?? {}).flatMap(([name, texts]) => (texts ? [[name, texts]] : [])),
    )
    if (Object.keys(errors).some((name) => !shownFields.has(name))) return null
    return { again: againOf(form, errors), status: 400 }
  }
  const { kind, where, reference, since, told } = submission.value
  if (since > dayOf(now().toISOString(), member))
    return { again: againOf(form, { since: [m.questions_escalate_fault_future()] }), status: 400 }
  const escalation = { kind, where, reference, since, told: told === 'on' }
  const results = await asMember(member, (tx, taker) => escalateNotice(tx, { taker, noticeId, escalation }))
  return outcomeOf(member, 'notice.escalated', results, form)
}

function outcomeOf(
  { timeZone }: Member,
  step: EscalationStep,
  { failed: [untaken] }: StepResults,
  form: FormData,
): EscalationTaken {
  if (untaken === undefined) return { done: step }
  return { again: againOf(form, {}, [explainUntaken(step, untaken, timeZone)]), status: 409 }
}

function againOf(form: FormData, errors: EscalatingAgain['errors'], said: readonly string[] = []): EscalatingAgain {
  const typed = Object.fromEntries(
    fields.map((name) => {
      const value = form.get(name)
      return [name, typeof value === 'string' ? value : '']
    }),
  )
  return { typed, errors, said }
}
