import { parseWithZod } from '@conform-to/zod/v4'
import type { Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { challengeDecision } from './challenge-decision.server.ts'
import { challengedCells, challengeForm } from './challenges.ts'
import type { ChallengingAgain } from './challenging-page.tsx'
import { explainUntaken } from './step-wording.ts'
import { asMember } from './taker.server.ts'
import { isLook } from './works-look.ts'

/** What came of the form for challenging: challenged, or the form once more. */
export type ChallengeTaken =
  | { readonly done: 'decision.challenged' }
  | { readonly again: ChallengingAgain; readonly status: 200 | 400 | 409 }

const shownFields = new Set(['measure', 'text', 'work'])

/**
 * Challenges a decision as the form of its page says.
 *
 * @returns null for a form that no page of ours sends
 */
export async function takeChallenge(member: Member, noticeId: string, form: FormData): Promise<ChallengeTaken | null> {
  if (isLook(form)) return { again: againOf(form, {}), status: 200 }
  if (form.get('intent') !== 'challenge') return null
  const submission = parseWithZod(form, { schema: challengeForm })
  if (submission.status !== 'success') {
    const errors = Object.fromEntries(
      Object.entries(submission.error ?? {}).flatMap(([name, texts]) => (texts ? [[name, texts]] : [])),
    )
    if (Object.keys(errors).some((name) => !shownFields.has(name))) return null
    return { again: againOf(form, errors), status: 400 }
  }
  const cells = challengedCells(submission.value)
  if (cells === null) return { again: againOf(form, { work: [m.questions_challenge_fault_works()] }), status: 400 }
  const reason = submission.value.text
  const challenged = await asMember(member, (tx, taker) => challengeDecision(tx, { taker, noticeId, cells, reason }))
  if (!challenged.accepted) {
    const fault =
      challenged.because === 'no-cells'
        ? m.questions_challenge_fault_no_cells()
        : m.questions_challenge_fault_only_worse()
    return { again: againOf(form, { work: [fault] }), status: 400 }
  }
  const [untaken] = challenged.failed
  if (untaken === undefined) return { done: 'decision.challenged' }
  return { again: againOf(form, {}, [explainUntaken('decision.challenged', untaken, member.timeZone)]), status: 409 }
}

function againOf(form: FormData, errors: ChallengingAgain['errors'], said: readonly string[] = []): ChallengingAgain {
  const one = (name: string) => textIn(form.get(name))
  const many = (name: string) => form.getAll(name).map(textIn)
  return { measure: many('measure'), about: one('about'), work: many('work'), text: one('text'), errors, said }
}

function textIn(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : ''
}
