import type { Member } from '#app/accounts/viewer.server.ts'
import { acknowledgeNotice } from '#app/notices/acknowledge-notice.server.ts'
import { faultsOf, type Answer, type AnswerFault, type WorksChoice } from '#app/notices/answers.ts'
import type { Untaken } from '#app/notices/explain-refusals.server.ts'
import type { Measure } from '#app/notices/measures.ts'
import { recordOutcomes } from '#app/notices/record-outcomes.server.ts'
import { asMember } from '#app/notices/taker.server.ts'
import { findLinkedWorks } from './find-linked-works.server.ts'
import { findReceivedIds } from './find-received.server.ts'

/** Some notices of a collective filing: all of them, or those that were ticked. */
export interface ChosenNotices {
  readonly reference: string
  readonly everything: boolean
  readonly noticeIds: readonly string[]
}

/** What came of an act on many notices: how many took it, and which did not and why. */
export interface ReceivedDone {
  readonly done: number
  /** Notices of others that name the same works and took the same answer. */
  readonly linked: number
  readonly failed: readonly Untaken[]
}

// Row security asks for every notice; so many fit well within a transaction.
const atOnce = 250

/** A vendor acknowledges notices of a collective filing, all of them or some. Each keeps its own line and receipt. */
export async function acknowledgeReceived(member: Member, chosen: ChosenNotices): Promise<ReceivedDone> {
  const ids = await chosenIds(member, chosen)
  const results = []
  for (const noticeIds of parts(ids))
    results.push(await asMember(member, (tx, taker) => acknowledgeNotice(tx, { taker, noticeIds })))
  return {
    done: results.reduce((sum, { succeeded }) => sum + succeeded.length, 0),
    linked: 0,
    failed: results.flatMap(({ failed }) => failed),
  }
}

/** One answer for many notices. */
export interface ReceivedAnswer {
  readonly measures: readonly Measure[]
  /** Only the works whose title holds these words; empty: all works. */
  readonly text: string
  readonly answer: Answer
  /** Also for the same works in notices of others. */
  readonly linked: boolean
}

/**
 * Records one answer in many notices of a collective filing, for all works or those that words find. The same works, by identifier,
 * in notices that others sent take the same answer if that is asked: each filer hears of its own notice.
 */
export async function answerReceived(
  member: Member,
  chosen: ChosenNotices,
  { measures, text, answer, linked }: ReceivedAnswer,
): Promise<ReceivedDone | { readonly faults: readonly AnswerFault[] }> {
  const faults = faultsOf(measures, answer)
  if (faults.length > 0) return { faults }
  const ids = await chosenIds(member, chosen)
  const works: WorksChoice =
    text === '' ? { kind: 'all', clear: false } : { kind: 'filtered', filter: { text }, except: [] }
  const settings = [{ measures, works, answer }]
  const results: ReceivedDone[] = []
  for (const noticeIds of parts(ids)) {
    results.push(
      await asMember(member, async (tx, taker): Promise<ReceivedDone> => {
        // Found before anything is recorded, so that an answer never changes what it is linked to.
        const others = linked ? await findLinkedWorks(tx, { noticeIds, measures, text, besides: ids }) : []
        const recorded = await recordOutcomes(tx, { taker, noticeIds, settings })
        if (!recorded.accepted) throw new Error('answers that were judged before have faults')
        let count = 0
        for (const { noticeId, workIds } of others) {
          const own = [{ measures, works: { kind: 'chosen' as const, workIds: [...workIds] }, answer }]
          const done = await recordOutcomes(tx, { taker, noticeIds: [noticeId], settings: own })
          if (done.accepted) count += done.succeeded.length
        }
        return { done: recorded.succeeded.length, linked: count, failed: recorded.failed }
      }),
    )
  }
  return {
    done: results.reduce((sum, { done }) => sum + done, 0),
    linked: results.reduce((sum, each) => sum + each.linked, 0),
    failed: results.flatMap(({ failed }) => failed),
  }
}

async function chosenIds(
  member: Member,
  { reference, everything, noticeIds }: ChosenNotices,
): Promise<readonly string[]> {
  const all = await findReceivedIds(member, reference)
  const ticked = new Set(noticeIds)
  return everything ? all : all.filter((id) => ticked.has(id))
}

function parts(ids: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(ids.length / atOnce) }, (_, index) =>
    ids.slice(index * atOnce, (index + 1) * atOnce),
  )
}
