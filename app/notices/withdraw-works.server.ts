import type { Transaction } from '#app/platform/db.server.ts'
import type { StoredAnswer, WorksChoice } from './answers.ts'
import { changeCells } from './change-cells.server.ts'
import { deriveOutcome, isPending } from './outcomes.ts'
import { talliedWords } from './record-outcomes.server.ts'
import { takeSteps, type StepResults } from './take-steps.server.ts'
import { countAnswers } from './tally-answers.server.ts'
import type { Taker } from './taker.server.ts'

const withdrawn: StoredAnswer = { outcome: 'withdrawn', code: null, text: null, effectiveOn: null }

/**
 * Takes works out of notices, with a reason. Their answers so far stay in the history. Works that were withdrawn before,
 * or that no notice cites, change nothing.
 *
 * @param withdrawal.reason a text for the vendor, kept beside the chain
 */
export function withdrawWorks(
  tx: Transaction,
  {
    taker,
    noticeIds,
    works,
    reason,
  }: { taker: Taker; noticeIds: readonly string[]; works: Exclude<WorksChoice, { kind: 'all' }>; reason: string },
): Promise<StepResults> {
  return takeSteps(tx, {
    step: 'works.withdrawn',
    noticeIds,
    taker,
    prepare: async (ready) => {
      const notices = ready.map(({ notice, sequence }) => ({ id: notice.id, sequence }))
      const measures = [...new Set(ready.flatMap(({ notice }) => notice.measures))]
      const changes = await changeCells(tx, { notices, measures, answer: withdrawn, works })
      // Every measure of a notice loses the same works: one of them tells which.
      const changed = new Map(changes.map((change) => [change.noticeId, change]))
      const counted = await countAnswers(tx, [...changed.keys()])
      return new Map(
        [...changed].map(([id, { cells, digest }]) => {
          const { tally, worksLeft } = counted.get(id) ?? { tally: {}, worksLeft: 0 }
          const digests = digest === null ? {} : { digest }
          return [
            id,
            {
              payload: { works: cells, left: worksLeft, ...digests, tally: talliedWords(tally) },
              facts: { text: reason },
              outcome: deriveOutcome(tally),
              standing: { pending: isPending(tally), worksLeft: worksLeft > 0 },
            },
          ]
        }),
      )
    },
  })
}
