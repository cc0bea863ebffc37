import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import type { AnswerDraft, FieldFault } from './answering.ts'
import { findVendorsNotice } from './find-answering.server.ts'
import type { NoticeFacts } from './find-notice.server.ts'
import { findPending, type PendingMeasure } from './find-pending.server.ts'
import { namesOf, openSteps } from './notice-view.ts'
import type { Tally } from './outcomes.ts'
import { asMember } from './taker.server.ts'
import { countAnswers } from './tally-answers.server.ts'

/** Everything that the page for declaring a decision shows. */
export interface DecidingView {
  readonly notice: NoticeFacts
  /** The holder's name in the reader's script. */
  readonly holder: string
  readonly tally: Tally
  readonly pending: readonly PendingMeasure[]
  /** Why no decision can be declared: the role of the reader, nothing that is pending, or the stage. */
  readonly closed: 'role' | 'nothing' | 'stage' | null
  readonly typed: AnswerDraft['defaults']
  readonly faults: readonly FieldFault[]
  /** What an act that was refused by a rule says. */
  readonly said: readonly string[]
}

/**
 * What the page for declaring a decision shows when it is opened.
 *
 * @returns null when the member's organisation is not the vendor of such a notice
 */
export async function findDeciding(member: Member, reference: string): Promise<DecidingView | null> {
  const page = await findVendorsNotice(member, reference)
  if (page === null) return null
  const { notice } = page
  const { role } = member.organisation
  const { tally, pending } = await asMember(member, async (tx) => ({
    tally: (await countAnswers(tx, [notice.id])).get(notice.id)?.tally ?? {},
    pending: await findPending(tx, [notice.id]),
  }))
  const open = openSteps(page, { party: 'vendor', role }).includes('decision.declared')
  return {
    notice,
    holder: namesOf(notice, member.locale).holder,
    tally,
    pending,
    closed: closedTo({ mayAnswer: mayDo(role, 'answer-notices'), open, pending: pending.length > 0 }),
    typed: {},
    faults: [],
    said: [],
  }
}

function closedTo(is: { mayAnswer: boolean; open: boolean; pending: boolean }): DecidingView['closed'] {
  if (!is.mayAnswer) return 'role'
  if (!is.pending) return 'nothing'
  return is.open ? null : 'stage'
}
