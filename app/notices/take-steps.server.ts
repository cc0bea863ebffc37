import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { buildSteps, type Prepared } from './build-steps.server.ts'
import { explainRefusals, type Refused, type Untaken } from './explain-refusals.server.ts'
import { isUnderMandate, judge, type Facts, type Step } from './lifecycle.ts'
import { lockNotices, type LockedNotice } from './lock-notices.server.ts'
import type { Standpoint } from './stages.ts'
import { actsByMandate, askerOf, type Taker } from './taker.server.ts'
import { writeSteps, type Written } from './write-steps.server.ts'

/** A notice that may take the step, with its row locked, and the number that its event will have. */
export interface Ready {
  readonly notice: LockedNotice
  readonly sequence: number
}

/** A step to be taken by many notices at once. */
export interface StepToTake {
  readonly step: Step
  readonly noticeIds: readonly string[]
  readonly taker: Taker
  /**
   * Called once, for those that may take the step. One that is left out of the answer takes no step and counts as done.
   * Without it every one takes the step with nothing added.
   */
  readonly prepare?: (ready: readonly Ready[]) => Promise<ReadonlyMap<string, Prepared>>
}

/** A notice that took the step, or had nothing left to do. */
export interface Taken {
  readonly noticeId: string
  readonly reference: string
  readonly stage: Standpoint
  /** Of its event; null if nothing was to be done. */
  readonly sequence: number | null
}

/** What came of a step, notice by notice. */
export interface StepResults {
  readonly succeeded: readonly Taken[]
  readonly failed: readonly Untaken[]
}

/**
 * The only writer of stages. Locks the notices, judges each, and writes events, persons, columns, clocks and mail duties
 * within the caller's transaction; a refused notice changes nothing and does not hold up the others.
 *
 * @throws Error if what was prepared cannot stand in the ledger
 */
export async function takeSteps(tx: Transaction, toTake: StepToTake): Promise<StepResults> {
  const { step, noticeIds, taker, prepare } = toTake
  const locked = await lockNotices(tx, noticeIds)
  // Asked after the lock, so that the instants of a ledger never run backwards.
  const at = now()
  const judged = locked.map((notice) => judgeNotice(step, notice, taker, at))
  const ready = judged.flatMap((each) => (each.ready === null ? [] : [each.ready]))
  const prepared = prepare && ready.length > 0 ? await prepare(ready) : undefined

  const written = ready.flatMap(({ notice, facts }) => {
    const words = prepare ? prepared?.get(notice.id) : {}
    return words ? [buildSteps({ step, notice, taker, at, facts, words })] : []
  })
  await writeSteps(tx, oncePerFiling(written), at)

  const byId = new Map(written.map((each) => [each.noticeId, each]))
  const refused = judged.flatMap((each) => (each.refused === null ? [] : [each.refused]))
  return {
    succeeded: ready.map(({ notice }) => takenOf(notice, byId.get(notice.id))),
    failed: await explainRefusals(tx, { step, noticeIds, taker, found: locked, refused }),
  }
}

type Judged =
  | { readonly ready: Ready & { readonly facts: Facts }; readonly refused: null }
  | { readonly ready: null; readonly refused: Refused }

function judgeNotice(step: Step, notice: LockedNotice, taker: Taker, at: Date): Judged {
  const { id: noticeId, reference } = notice
  const { stage, lastSequence } = notice.projection
  const asker = askerOf(taker, notice)
  if (asker === null || (actsByMandate(taker, notice) && !isUnderMandate(step)))
    return { ready: null, refused: { noticeId, reference, because: 'not-yours', stage } }
  const facts = factsOf(notice, asker, at)
  const judgement = judge(step, facts)
  if (!judgement.allowed) return { ready: null, refused: { noticeId, reference, because: judgement.because, stage } }
  return { ready: { notice, facts, sequence: lastSequence + (judgement.first ? 2 : 1) }, refused: null }
}

function factsOf(
  { projection, taken, begun, fourEyes, annexed, reopened }: LockedNotice,
  asker: Facts['asker'],
  at: Date,
): Facts {
  const { stage, challengeDueAt, escalation } = projection
  return {
    stage,
    asker,
    taken,
    begun,
    questionOpen: stage === 'clarification_needed',
    reopened,
    escalated: escalation !== 'none',
    windowOver: challengeDueAt !== null && at.toISOString() > challengeDueAt,
    // What the step itself changes of these, its act says when it prepares.
    pending: true,
    worksLeft: true,
    gotWorse: false,
    told: false,
    fourEyes,
    annexed,
    // Checks after the decision belong to a later feature.
    checksScheduled: false,
  }
}

// Who approves or filed hears of a filing once, however many notices it makes.
function oncePerFiling(written: readonly Written[]): readonly Written[] {
  const told = new Set<string>()
  return written.map((each) => ({
    ...each,
    mails: each.mails.filter(({ once, kind }) => {
      const key = `${each.filingId} ${kind}`
      if (once === undefined) return true
      if (told.has(key)) return false
      told.add(key)
      return true
    }),
  }))
}

function takenOf({ id, reference, projection }: LockedNotice, written: Written | undefined): Taken {
  const { stage, lastSequence } = written?.projection ?? projection
  return { noticeId: id, reference, stage, sequence: written ? lastSequence : null }
}
