import { logVisit, type LinkVisit } from './find-link-notice.server.ts'
import type { Setting } from './answers.ts'
import type { Untaken } from './explain-refusals.server.ts'
import { recordOutcomes } from './record-outcomes.server.ts'
import { asBearer, type BearerResult } from './taker.server.ts'

/** What came of answers that were recorded by a link. */
export type RecordedByLink = { readonly came: 'recorded' } | { readonly came: 'refused'; readonly refusal: Untaken }

/**
 * Records answers for all works of the notice of a link. Call it after the code was found good.
 *
 * @throws Error if the answers have faults: the page has shown them before
 */
export function recordByLink(given: {
  token: string
  name: string
  role: string
  settings: readonly Setting[]
  visit: LinkVisit
}): Promise<BearerResult<RecordedByLink>> {
  const { token, name, role, settings, visit } = given
  const bearer = { name, role, networkAddress: visit.networkAddress, confirmed: true }
  return asBearer(token, bearer, async (tx, taker, noticeId): Promise<RecordedByLink> => {
    if (taker.channel !== 'link') throw new Error('An answer by link was given by somebody else.')
    await logVisit(tx, taker.link, visit)
    const recorded = await recordOutcomes(tx, { taker, noticeIds: [noticeId], settings })
    if (!recorded.accepted) throw new Error(`Answers by link to notice ${noticeId} do not fit its measures.`)
    const [refusal] = recorded.failed
    return refusal === undefined ? { came: 'recorded' } : { came: 'refused', refusal }
  })
}
