import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { findChallengeScope, findWorseCells } from './find-challenge-scope.server.ts'
import { findNotice, type NoticeFacts } from './find-notice.server.ts'
import { mostCounted, type WorksFound } from './find-works-to-answer.server.ts'
import { namesOf, openSteps } from './notice-view.ts'
import { previewAnswers, type DefaultAnswer } from './preview-answers.server.ts'
import type { WorksLook } from './works-look.ts'

/** What the page for challenging a decision shows of a notice. */
export interface ChallengingFacts {
  readonly notice: NoticeFacts
  /** The vendor's name in the reader's script. */
  readonly vendor: string
  readonly mayChallenge: boolean
  /** The reader's role lets nobody challenge, wherever the notice stands. */
  readonly roleTooLow: boolean
  /** Only so many answers that a correction made worse may be challenged; null where every answer may. */
  readonly onlyWorse: number | null
  readonly decideDays: number
  readonly text: string
  readonly works: WorksFound
  readonly answers: readonly DefaultAnswer[]
  readonly mostCounted: number
}

const anyPart = { view: undefined, cursor: null, earlier: undefined } as const

/**
 * What the page for challenging a decision shows.
 *
 * @returns null when the member's organisation is not the holder of such a notice
 */
export async function findChallenging(
  member: Member,
  { reference, text, cursor }: WorksLook & { reference: string },
): Promise<ChallengingFacts | null> {
  const page = await findNotice({ member, reference, query: anyPart })
  if (page === null || page.side !== 'holder') return null
  const { notice } = page
  const { role } = page
  const submitter = notice.filing.submittedBy === member.personId
  const steps = openSteps(page, { party: 'holder', role, submitter })
  const isOpen = steps.includes('decision.challenged')
  const onlyWorse = isOpen ? await countWorse(member, notice.id) : null
  // A correction that was taken back since leaves nothing to challenge.
  const mayChallenge = isOpen && onlyWorse !== 0
  const preview = await previewAnswers(member, { notice, settings: [], look: { text, view: 'all', cursor } })
  return {
    notice,
    vendor: namesOf(notice, member.locale).vendor,
    mayChallenge,
    roleTooLow: !mayDo(role, 'file-notices'),
    onlyWorse,
    decideDays: notice.clocks.find(({ kind }) => kind === 'decide')?.computed.workingDays ?? 0,
    text,
    works: preview.works,
    answers: preview.measures,
    mostCounted,
  }
}

function countWorse({ personId }: Member, noticeId: string): Promise<number | null> {
  return withPerson(personId, async (tx) => {
    const scope = await findChallengeScope(tx, noticeId)
    if (scope === null || !scope.onlyWorse) return null
    const worse = await findWorseCells(tx, { noticeId, decidedAt: scope.decidedAt })
    return worse.reduce((sum, { workIds }) => sum + workIds.length, 0)
  })
}
