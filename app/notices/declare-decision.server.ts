import type { Transaction } from '#app/platform/db.server.ts'
import { faultsOf, storedAnswer, type Answer, type AnswerFault } from './answers.ts'
import { changeCells, changeDefaults } from './change-cells.server.ts'
import { findPending } from './find-pending.server.ts'
import { lockNotices } from './lock-notices.server.ts'
import type { Measure } from './measures.ts'
import { prepareAnswers, type AnswersChanged } from './record-outcomes.server.ts'
import { takeSteps, type Ready, type StepResults } from './take-steps.server.ts'
import type { Taker } from './taker.server.ts'

/** What came of a declaration: measures that still lack an answer, faults of the answers, or the results per notice. */
export type Declared =
  | { readonly accepted: false; readonly faults: readonly AnswerFault[]; readonly missing: readonly Measure[] }
  | ({ readonly accepted: true } & StepResults)

/**
 * Declares that the vendor has decided. Every cell without an answer gets the one stated for its measure.
 *
 * @param declaration.rest the answer for what is pending, by measure; needed for each measure with a pending cell
 */
export async function declareDecision(
  tx: Transaction,
  declaration: {
    taker: Taker
    noticeIds: readonly string[]
    rest: Readonly<Partial<Record<Measure, Answer>>>
  },
): Promise<Declared> {
  const { taker, noticeIds, rest } = declaration
  // Locked before it is asked what is open: a challenge that comes between would be decided without an answer.
  await lockNotices(tx, noticeIds)
  const pending = (await findPending(tx, noticeIds)).map(({ measure }) => measure)
  const given = pending.flatMap((measure) => {
    const answer = rest[measure]
    return answer ? [{ measure, answer }] : []
  })
  const faults = given.flatMap(({ measure, answer }) => faultsOf([measure], answer))
  const missing = pending.filter((measure) => rest[measure] === undefined)
  if (faults.length > 0 || missing.length > 0) return { accepted: false, faults, missing }
  const results = await takeSteps(tx, {
    step: 'decision.declared',
    noticeIds,
    taker,
    prepare: async (ready) => {
      const changes: AnswersChanged[] = []
      for (const { measure, answer } of given) changes.push(...(await answerRest(tx, ready, measure, answer)))
      return withAll(ready, await prepareAnswers(tx, changes))
    },
  })
  return { accepted: true, ...results }
}

async function answerRest(
  tx: Transaction,
  ready: readonly Ready[],
  measure: Measure,
  answer: Answer,
): Promise<readonly AnswersChanged[]> {
  const stored = storedAnswer(answer)
  const ids = ready.map(({ notice }) => notice.id)
  const [byDefault, single] = await Promise.all([
    tx.noticeMeasure.findMany({
      where: { noticeId: { in: ids }, measure, defaultOutcome: 'pending' },
      select: { noticeId: true },
    }),
    tx.outcomeCell.groupBy({ by: ['noticeId'], where: { noticeId: { in: ids }, measure, outcome: 'pending' } }),
  ])
  const among = (rows: readonly { readonly noticeId: string }[]) => {
    const found = new Set(rows.map(({ noticeId }) => noticeId))
    return ready.flatMap(({ notice, sequence }) => (found.has(notice.id) ? [{ id: notice.id, sequence }] : []))
  }
  const change = { measures: [measure], answer: stored }
  const rest = await changeDefaults(tx, { ...change, notices: among(byDefault), clear: false })
  // Single answers are open only after a challenge.
  const reopened = among(single)
  const works = { kind: 'filtered' as const, filter: { outcome: 'pending' as const }, except: [] }
  const again = reopened.length === 0 ? [] : await changeCells(tx, { ...change, notices: reopened, works })
  return [...rest, ...again].map((each) => ({ ...each, answer: stored }))
}

function withAll<T>(ready: readonly Ready[], prepared: ReadonlyMap<string, T>): ReadonlyMap<string, T | object> {
  return new Map(ready.map(({ notice }) => [notice.id, prepared.get(notice.id) ?? {}]))
}
