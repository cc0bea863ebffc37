import type { Member } from '#app/accounts/viewer.server.ts'
import { newDraft, type AnswerDraft, type FieldFault } from './answering.ts'
import type { AnsweringView } from './answering-view.ts'
import type { Setting } from './answers.ts'
import { findNotice, type NoticePage } from './find-notice.server.ts'
import { mostCounted } from './find-works-to-answer.server.ts'
import { namesOf, openSteps } from './notice-view.ts'
import { previewAnswers } from './preview-answers.server.ts'

/** The page for answering before it is known whether it may be used. */
export type FoundAnswering = Omit<AnsweringView, 'recorded' | 'closed'>

const anyPart = { view: undefined, cursor: null, earlier: undefined } as const

/**
 * What the page for answering shows when it is opened.
 *
 * @returns null when the member's organisation is not the vendor of such a notice
 */
export async function findAnswering(
  member: Member,
  reference: string,
): Promise<(FoundAnswering & { mayAnswer: boolean }) | null> {
  const page = await findVendorsNotice(member, reference)
  if (page === null) return null
  const steps = openSteps(page, { party: 'vendor', role: member.organisation.role })
  return {
    ...(await viewAfter(member, page, { draft: newDraft(), settings: [] })),
    mayAnswer: steps.includes('outcomes.recorded'),
  }
}

/** The notice, for a member of its vendor alone. */
export async function findVendorsNotice(member: Member, reference: string): Promise<NoticePage | null> {
  const page = await findNotice({ member, reference, query: anyPart })
  return page?.side === 'vendor' ? page : null
}

type After = {
  draft: AnswerDraft
  settings: readonly Setting[]
  faults?: readonly FieldFault[]
  said?: readonly string[]
  reviewing?: boolean
}

/** The page with a draft of answers as if `settings` were recorded. */
export async function viewAfter(
  member: Member,
  { notice }: NoticePage,
  { draft, settings, faults = [], said = [], reviewing = false }: After,
): Promise<FoundAnswering> {
  return {
    notice,
    holder: namesOf(notice, member.locale).holder,
    draft,
    preview: await previewAnswers(member, { notice, settings, look: draft.look }),
    faults,
    said,
    reviewing,
    mostCounted,
  }
}
