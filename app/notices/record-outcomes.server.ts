import type { Transaction } from '#app/platform/db.server.ts'
import { faultsOf, storedAnswer, type AnswerFault, type Setting, type StoredAnswer } from './answers.ts'
import type { Prepared, Words } from './build-steps.server.ts'
import { changeCells, changeDefaults, type CellsChanged } from './change-cells.server.ts'
import { deriveOutcome, isPending, type Tally } from './outcomes.ts'
import { takeSteps, type Ready, type StepResults } from './take-steps.server.ts'
import { countAnswers } from './tally-answers.server.ts'
import type { Taker } from './taker.server.ts'

/** What came of recording: faults of the answers themselves, and nothing recorded; or the results per notice. */
export type Recorded =
  | { readonly accepted: false; readonly faults: readonly AnswerFault[] }
  | ({ readonly accepted: true; readonly cells: number } & StepResults)

/**
 * Records answers for works and measures of one or many notices, one setting after the other. What is recorded already
 * changes nothing and leaves no line: the same answer sent twice is one answer.
 */
export async function recordOutcomes(
  tx: Transaction,
  { taker, noticeIds, settings }: { taker: Taker; noticeIds: readonly string[]; settings: readonly Setting[] },
): Promise<Recorded> {
  const faults = settings.flatMap(({ measures, answer }) => faultsOf(measures, answer))
  if (faults.length > 0) return { accepted: false, faults }
  let cells = 0
  const results = await takeSteps(tx, {
    step: 'outcomes.recorded',
    noticeIds,
    taker,
    prepare: async (ready) => {
      const changes: AnswersChanged[] = []
      for (const setting of settings) changes.push(...(await applySetting(tx, ready, setting)))
      cells = changes.reduce((sum, change) => sum + change.cells, 0)
      return prepareAnswers(tx, changes)
    },
  })
  return { accepted: true, cells, ...results }
}

/** A change of cells with the answer that they were given. */
export type AnswersChanged = CellsChanged & { readonly answer: StoredAnswer }

async function applySetting(
  tx: Transaction,
  ready: readonly Ready[],
  { measures, works, answer }: Setting,
): Promise<readonly AnswersChanged[]> {
  const stored = storedAnswer(answer)
  const notices = ready.map(({ notice, sequence }) => ({ id: notice.id, sequence }))
  const change = { notices, measures, answer: stored }
  const changed =
    works.kind === 'all'
      ? await changeDefaults(tx, { ...change, clear: works.clear })
      : await changeCells(tx, { ...change, works })
  return changed.map((each) => ({ ...each, answer: stored }))
}

/** What changed answers add to their step: counts and hashes for the chain, texts beside it, what holds of the notice now. */
export async function prepareAnswers(
  tx: Transaction,
  changes: readonly AnswersChanged[],
): Promise<ReadonlyMap<string, Prepared>> {
  const byNotice = Map.groupBy(changes, ({ noticeId }) => noticeId)
  const counted = await countAnswers(tx, [...byNotice.keys()])
  return new Map(
    [...byNotice].map(([noticeId, own]) => [noticeId, preparedOf(own, counted.get(noticeId)?.tally ?? {})]),
  )
}

function preparedOf(changes: readonly AnswersChanged[], tally: Tally): Prepared {
  const texts = changes.flatMap(({ measure, answer }) => (answer.text === null ? [] : [{ measure, text: answer.text }]))
  return {
    payload: { answers: changes.map((change) => answerLine(change)), tally: talliedWords(tally) },
    ...(texts.length > 0 ? { facts: { texts } } : {}),
    outcome: deriveOutcome(tally),
    standing: { pending: isPending(tally), gotWorse: changes.some(({ worse }) => worse) },
  }
}

function answerLine({ measure, cells, digest, answer: { outcome, code, effectiveOn } }: AnswersChanged): Words {
  return {
    measure,
    outcome,
    cells,
    ...(code === null ? {} : { code }),
    ...(effectiveOn === null ? {} : { effectiveOn }),
    ...(digest === null ? {} : { works: digest }),
  }
}

/** A tally for the ledger: only what there is. */
export function talliedWords(tally: Tally): Words {
  return Object.fromEntries(Object.entries(tally).filter(([, count]) => count > 0))
}
