import type { Transaction } from '#app/platform/db.server.ts'
import { tallyOf, type Outcome, type Tally } from './outcomes.ts'

/** The answers of a notice in numbers. */
export interface CountedAnswers {
  readonly tally: Tally
  /** Works that are not withdrawn. */
  readonly worksLeft: number
}

/**
 * Counts the answers of notices, a default standing for every work without a cell of its own.
 *
 * @returns by notice id; those that the asker may not act on are left out
 */
export async function countAnswers(
  tx: Transaction,
  noticeIds: readonly string[],
): Promise<ReadonlyMap<string, CountedAnswers>> {
  const rows = await tx.$queryRaw<{ noticeId: string; works: number; outcome: Outcome; cells: Tally | null }[]>`
    select notice_id as "noticeId", works, outcome, cells from count_answers(${[...noticeIds]}::uuid[])`
  return new Map(
    [...Map.groupBy(rows, ({ noticeId }) => noticeId)].map(([noticeId, own]) => {
      const works = own[0]?.works ?? 0
      const measures = own.map(({ outcome, cells }) => ({ outcome, cells: cells ?? {} }))
      // A work is withdrawn for every measure: the first tells.
      const worksLeft = works - (measures[0]?.cells.withdrawn ?? 0)
      return [noticeId, { tally: tallyOf({ works, measures }), worksLeft }]
    }),
  )
}
