import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import type { EscalationFacts } from './escalations.ts'
import { findNotice, type NoticeFacts } from './find-notice.server.ts'
import type { Step } from './lifecycle.ts'
import { namesOf, openSteps } from './notice-view.ts'

/** What the holder's pages with one act each show of a notice. */
export interface HoldersNotice {
  readonly notice: NoticeFacts
  /** The vendor's name in the reader's script. */
  readonly vendor: string
  readonly open: readonly Step[]
  /** The reader's role lets nobody act, wherever the notice stands. */
  readonly roleTooLow: boolean
  readonly escalation: EscalationFacts | null
}

const anyPart = { view: undefined, cursor: null, earlier: undefined } as const

/**
 * A notice for one act of its holder.
 *
 * @returns null when the member's organisation is not the holder of such a notice
 */
export async function findHoldersNotice(member: Member, reference: string): Promise<HoldersNotice | null> {
  const page = await findNotice({ member, reference, query: anyPart })
  if (page === null || page.side !== 'holder') return null
  const { notice, escalation, role } = page
  const submitter = notice.filing.submittedBy === member.personId
  return {
    notice,
    vendor: namesOf(notice, member.locale).vendor,
    open: openSteps(page, { party: 'holder', role, submitter }),
    roleTooLow: !mayDo(role, 'file-notices'),
    escalation,
  }
}
