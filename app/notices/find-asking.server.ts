import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { newId } from '#app/platform/id.ts'
import { findVendorsNotice } from './find-answering.server.ts'
import type { NoticeFacts } from './find-notice.server.ts'
import { mostCounted, type WorksFound } from './find-works-to-answer.server.ts'
import type { Cursor } from './notice-query.ts'
import { namesOf, openSteps } from './notice-view.ts'
import { previewAnswers } from './preview-answers.server.ts'

/** What the page for asking shows of a notice. */
export interface AskingFacts {
  readonly notice: NoticeFacts
  /** The holder's name in the reader's script. */
  readonly holder: string
  readonly mayAsk: boolean
  readonly maySendBack: boolean
  /** The reader's role lets nobody ask, wherever the notice stands. */
  readonly roleTooLow: boolean
  readonly text: string
  readonly works: WorksFound
  readonly mostCounted: number
  /** For the two forms: each sent twice asks once. */
  readonly ids: { readonly ask: string; readonly back: string }
}

/**
 * What the page for asking shows when it is opened.
 *
 * @returns null when the member's organisation is not the vendor of such a notice
 */
export async function findAsking(
  member: Member,
  { reference, text, cursor }: { reference: string; text: string; cursor: Cursor },
): Promise<AskingFacts | null> {
  const page = await findVendorsNotice(member, reference)
  if (page === null) return null
  const { notice } = page
  const { role } = member.organisation
  const steps = openSteps(page, { party: 'vendor', role })
  const preview = await previewAnswers(member, { notice, settings: [], look: { text, view: 'all', cursor } })
  return {
    notice,
    holder: namesOf(notice, member.locale).holder,
    mayAsk: steps.includes('clarification.requested'),
    maySendBack: steps.includes('notice.sent_back'),
    roleTooLow: !mayDo(role, 'answer-notices'),
    text,
    works: preview.works,
    mostCounted,
    ids: { ask: newId(), back: newId() },
  }
}
