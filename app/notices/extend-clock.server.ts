import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Prepared } from './build-steps.server.ts'
import type { Computation } from './clocks.ts'
import type { Untaken } from './explain-refusals.server.ts'
import { judgeExtension, type ExtensionForm, type ExtensionJudgement } from './extensions.ts'
import { calendarOfPlace } from './place-calendar.server.ts'
import type { Side } from './side.server.ts'
import { takeSteps, type Ready } from './take-steps.server.ts'
import { asMember } from './taker.server.ts'

/** What came of it: done, refused by a rule, or the date is not the one that the page showed. */
export type Extended =
  | { readonly done: true }
  | { readonly done: false; readonly because: 'not-taken'; readonly untaken: Untaken }
  | { readonly done: false; readonly because: 'not-running' | 'moved' }
  | ({ readonly done: false } & Exclude<ExtensionJudgement, { allowed: true }>)

interface Asked {
  readonly member: Member
  readonly reference: string
  readonly by: Side
  readonly form: ExtensionForm
}

/**
 * Adds working days to a clock of a notice, with a reason for the other side, which is told.
 *
 * @returns null when the member's organisation has no notice of this reference
 */
export function extendClockOf({ member, reference, by, form }: Asked): Promise<Extended | null> {
  return asMember(member, async (tx, taker): Promise<Extended | null> => {
    const notice = await tx.notice.findUnique({ where: { reference }, select: { id: true } })
    if (!notice) return null
    const judged: { refused?: Extended } = {}
    const { failed } = await takeSteps(tx, {
      step: 'clock.extended',
      noticeIds: [notice.id],
      taker,
      prepare: ([ready]) => {
        if (!ready) throw new Error(`Nothing is ready to be extended of ${reference}`)
        const answer = prepareExtension(ready, by, form)
        if ('done' in answer) judged.refused = answer
        return Promise.resolve(new Map('done' in answer ? [] : [[notice.id, answer]]))
      },
    })
    const [untaken] = failed
    if (untaken) return { done: false, because: 'not-taken', untaken }
    return judged.refused ?? { done: true }
  })
}

function prepareExtension({ notice }: Ready, by: Side, form: ExtensionForm): Prepared | Extended {
  const { clock: kind, days, reason } = form
  const clock = notice.clocks.find((each) => each.kind === kind)
  if (!clock) return { done: false, because: 'not-running' }
  // A form that was sent twice has moved the date itself.
  if (form[kind] !== undefined && form[kind] !== clock.dueOn)
    return isSameAgain(clock, by, days) ? { done: true } : { done: false, because: 'moved' }
  const judgement = judgeExtension(clock, { by, days, at: now().toISOString() }, calendarOfPlace(clock))
  if (!judgement.allowed) return { done: false, ...judgement }
  return { extension: { kind, days, by }, facts: { text: reason } }
}

function isSameAgain({ extensions }: Computation, by: Side, days: number): boolean {
  const last = extensions?.at(-1)
  return last !== undefined && last.by === by && last.days === days
}
