import type { Member } from '#app/accounts/viewer.server.ts'
import { findNotice, type NoticeFacts } from './find-notice.server.ts'
import { mostCounted, type WorksFound } from './find-works-to-answer.server.ts'
import { namesOf, openSteps } from './notice-view.ts'
import type { Cursor } from './notice-query.ts'
import { previewAnswers } from './preview-answers.server.ts'

/** What the page for withdrawing shows of a notice. */
export interface WithdrawingFacts {
  readonly notice: NoticeFacts
  /** The vendor's name in the reader's script. */
  readonly vendor: string
  readonly mayWithdrawWorks: boolean
  readonly mayWithdrawNotice: boolean
  /** Works that are not withdrawn. */
  readonly left: number
  readonly text: string
  readonly works: WorksFound
  readonly mostCounted: number
}

const anyPart = { view: undefined, cursor: null, earlier: undefined } as const

/**
 * What the page for withdrawing shows when it is opened.
 *
 * @returns null when the member's organisation is not the holder of such a notice
 */
export async function findWithdrawing(
  member: Member,
  { reference, text, cursor }: { reference: string; text: string; cursor: Cursor },
): Promise<WithdrawingFacts | null> {
  const page = await findNotice({ member, reference, query: anyPart })
  if (page === null || page.side !== 'holder') return null
  const { notice } = page
  const { role } = page
  const steps = openSteps(page, { party: 'holder', role, submitter: notice.filing.submittedBy === member.personId })
  const preview = await previewAnswers(member, { notice, settings: [], look: { text, view: 'all', cursor } })
  return {
    notice,
    vendor: namesOf(notice, member.locale).vendor,
    mayWithdrawWorks: steps.includes('works.withdrawn'),
    mayWithdrawNotice: steps.includes('notice.withdrawn'),
    left: notice.works - (preview.tally.withdrawn ?? 0) / notice.measures.length,
    text,
    works: preview.works,
    mostCounted,
  }
}
