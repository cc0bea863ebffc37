import type { Transaction } from '#app/platform/db.server.ts'
import type { StoredAnswer } from './answers.ts'
import { changeCells, changeDefaults, type CellsChanged } from './change-cells.server.ts'
import { unagreedOutcomes, type ChallengedCells } from './challenges.ts'
import { findChallengeScope, findWorseCells } from './find-challenge-scope.server.ts'
import { deriveOutcome, isPending } from './outcomes.ts'
import { talliedWords } from './record-outcomes.server.ts'
import { takeSteps, type Ready, type StepResults } from './take-steps.server.ts'
import { countAnswers } from './tally-answers.server.ts'
import type { Taker } from './taker.server.ts'

/** The result per notice; or that none of the chosen answers may be challenged. */
export type Challenged =
  | ({ readonly accepted: true } & StepResults)
  | { readonly accepted: false; readonly because: 'no-cells' | 'only-worse' }

class CellsError extends Error {
  override name = 'CellsError'
  readonly because: 'no-cells' | 'only-worse'
  constructor(because: 'no-cells' | 'only-worse') {
    super(because)
    this.because = because
  }
}

const open: StoredAnswer = { outcome: 'pending', code: null, text: null, effectiveOn: null }

/**
 * Challenges answers of a decision, with a reason: once, within the time to do so. They are open again, the old ones stay
 * in the history, and the vendor's time to decide begins anew.
 *
 * @param challenge.reason a text for the vendor, kept beside the chain
 */
export async function challengeDecision(
  tx: Transaction,
  { taker, noticeId, cells, reason }: { taker: Taker; noticeId: string; cells: ChallengedCells; reason: string },
): Promise<Challenged> {
  await tx.$executeRaw`savepoint challenging`
  try {
    const results = await takeSteps(tx, {
      step: 'decision.challenged',
      noticeIds: [noticeId],
      taker,
      prepare: async ([ready]) => {
        if (!ready) return new Map()
        const changes = await reopen(tx, ready, cells)
        const counted = await countAnswers(tx, [noticeId])
        const tally = counted.get(noticeId)?.tally ?? {}
        return new Map([
          [
            noticeId,
            {
              payload: { cells: changes.map((change) => cellsLine(change)), tally: talliedWords(tally) },
              facts: { text: reason },
              outcome: deriveOutcome(tally),
              standing: { pending: isPending(tally) },
            },
          ],
        ])
      },
    })
    // What a decision had let expire is needed once more.
    const reopened = results.succeeded.map((each) => each.noticeId)
    await tx.noticeLink.updateMany({ where: { noticeId: { in: reopened } }, data: { expiresAt: null } })
    return { accepted: true, ...results }
  } catch (error) {
    if (!(error instanceof CellsError)) throw error
    await tx.$executeRaw`rollback to savepoint challenging`
    return { accepted: false, because: error.because }
  }
}

async function reopen(
  tx: Transaction,
  { notice, sequence }: Ready,
  cells: ChallengedCells,
): Promise<readonly CellsChanged[]> {
  const notices = [{ id: notice.id, sequence }]
  const scope = await findChallengeScope(tx, notice.id)
  if (scope?.onlyWorse === true) {
    const worse = await worseOf(tx, { noticeId: notice.id, decidedAt: scope.decidedAt, cells })
    if (worse.length === 0) throw new CellsError('only-worse')
    const changes: CellsChanged[] = []
    for (const { measure, workIds } of worse) {
      const works = { kind: 'chosen' as const, workIds: [...workIds] }
      changes.push(...(await changeCells(tx, { notices, measures: [measure], answer: open, works })))
    }
    return changes
  }
  const changes =
    cells.kind === 'chosen' ? await reopenChosen(tx, notices, cells) : await reopenRest(tx, notices, cells)
  if (changes.length === 0) throw new CellsError('no-cells')
  return changes
}

type Notices = readonly { readonly id: string; readonly sequence: number }[]

function reopenChosen(
  tx: Transaction,
  notices: Notices,
  { measures, workIds }: Extract<ChallengedCells, { kind: 'chosen' }>,
): Promise<readonly CellsChanged[]> {
  return changeCells(tx, { notices, measures, answer: open, works: { kind: 'chosen', workIds: [...workIds] } })
}

// The answer for all first: works with the same answer of their own then need none, and twelve million are one row.
async function reopenRest(
  tx: Transaction,
  notices: Notices,
  { measures }: ChallengedCells,
): Promise<readonly CellsChanged[]> {
  const ids = notices.map(({ id }) => id)
  const unagreed = await tx.noticeMeasure.findMany({
    where: { noticeId: { in: ids }, measure: { in: [...measures] }, defaultOutcome: { in: [...unagreedOutcomes] } },
    select: { measure: true },
  })
  const asked = measures.filter((measure) => unagreed.some((row) => row.measure === measure))
  const changes: CellsChanged[] = []
  if (asked.length > 0) {
    changes.push(...(await changeDefaults(tx, { notices, measures: asked, answer: open, clear: false })))
  }
  for (const outcome of unagreedOutcomes) {
    const works = { kind: 'filtered' as const, filter: { outcome }, except: [] }
    changes.push(...(await changeCells(tx, { notices, measures, answer: open, works })))
  }
  return changes
}

async function worseOf(
  tx: Transaction,
  { cells, ...asked }: { noticeId: string; decidedAt: number; cells: ChallengedCells },
) {
  const worse = await findWorseCells(tx, asked)
  const chosen = cells.kind === 'chosen' ? new Set(cells.workIds) : null
  return worse
    .filter(({ measure }) => cells.measures.includes(measure))
    .map(({ measure, workIds }) => ({ measure, workIds: workIds.filter((id) => chosen === null || chosen.has(id)) }))
    .filter(({ workIds }) => workIds.length > 0)
}

function cellsLine({ measure, cells, digest }: CellsChanged) {
  return { measure, cells, ...(digest === null ? {} : { works: digest }) }
}
