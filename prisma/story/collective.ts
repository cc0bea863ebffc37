import type { Member } from '#app/accounts/viewer.server.ts'
import { answerAnnex, type AnnexAnswer } from '#app/associations/answer-annex.server.ts'
import { acknowledgeReceived, answerReceived } from '#app/associations/answer-received.server.ts'
import type { CollectiveContent } from '#app/associations/collective.ts'
import { endAnnexReviews } from '#app/associations/end-annex-reviews.server.ts'
import { findCollective } from '#app/associations/find-collective.server.ts'
import { makeCollective } from '#app/associations/make-collective.server.ts'
import {
  saveContent,
  saveMembers,
  startCollective,
  type AnnexChoice,
} from '#app/associations/save-collective.server.ts'
import { submitCollective } from '#app/associations/submit-collective.server.ts'
import { statementsWanted } from '#app/notices/filing-facts.ts'
import { setClock } from '#app/platform/clock.server.ts'
import { runOneJob } from '#app/platform/run-jobs.server.ts'
import { memberOf } from './member.ts'
import { goTo, inDays } from './time.ts'

/** Members with the catalogue of each, and the vendors to which the association writes for them. */
export type Annexed = {
  readonly choices: readonly AnnexChoice[]
  readonly vendorIds: readonly string[]
}

const accountOf = (who: string): Promise<Member> => memberOf(`${who}@demo.test`)

/**
 * A collective filing that was sent: one member had to approve and did, one agreed, one stepped out, one was silent. One vendor
 * acknowledged all of it and answered a part.
 */
export async function playSentFiling(annexed: Annexed, deliver: () => Promise<void>): Promise<void> {
  goTo(34, 1)
  const reference = await fileForAll(annexed, {
    matterNumber: 'CA-2026-007',
    coverLetter:
      'We write for the members whose notices are listed below. None of them has permitted its works to be used for machine learning, and each keeps its own claims.\n\nThis is without prejudice to the need for prior permission: no member waives it by naming works here.',
  })
  await deliver()
  goTo(33, 2, 15)
  await answer('games', reference, { answer: 'agree' })
  goTo(33, 5, 40)
  await answer('approver', reference, { answer: 'agree' })
  goTo(32, 0, 20)
  await answer('theatre', reference, { answer: 'step_out', reason: 'We talk with both vendors ourselves.' })
  await deliver()
  goTo(31, 1, 1)
  await endAnnexReviews()
  goTo(31, 1, 40)
  await deliver()
  goTo(29, 17, 30)
  const dana = await accountOf('vendor')
  await acknowledgeReceived(dana, { reference, everything: true, noticeIds: [] })
  await deliver()
  goTo(24, 18, 10)
  const answered = await answerReceived(
    dana,
    { reference, everything: true, noticeIds: [] },
    {
      measures: ['STOP_TRAINING_FUTURE'],
      text: '',
      answer: { outcome: 'accepted_future_only', effectiveOn: inDays(20) },
      linked: false,
    },
  )
  if ('faults' in answered) throw new Error(`The story answers wrongly: ${JSON.stringify(answered.faults)}`)
  await deliver()
  setClock(null)
}

/** A collective filing whose members have two days left to look at it; one has agreed. */
export async function playReviewedFiling(annexed: Annexed, deliver: () => Promise<void>): Promise<void> {
  goTo(1, 1)
  const reference = await fileForAll(annexed, {
    matterNumber: 'CA-2026-011',
    coverLetter:
      'Since our letter of last month more of our members have named works. We write for those that are listed below.',
  })
  await deliver()
  goTo(1, 4, 30)
  await answer('games', reference, { answer: 'agree' })
  await deliver()
  setClock(null)
}

type Words = Pick<CollectiveContent, 'coverLetter'> & { readonly matterNumber: string }

async function fileForAll({ choices, vendorIds }: Annexed, words: Words): Promise<string> {
  const member = await accountOf('association')
  const started = await startCollective(member)
  if (!started.started) throw new Error(`The association of the story may not file: ${started.because}`)
  const { reference } = started
  await insist(saveMembers({ member, reference, revision: 1, choices }))
  await insist(
    saveContent({ member, reference, revision: 2, content: (before) => contentOf(before, words, vendorIds) }),
  )
  const record = await findCollective(member, reference)
  if (record === null) throw new Error(`Collective filing ${reference} of the story is gone`)
  const statements = [...statementsWanted(record.content.filing)]
  const submitted = await submitCollective({
    member,
    collectiveId: record.id,
    revision: record.revision,
    form: { statement: statements, shown: statements, signName: member.name, capacity: 'Secretary general' },
  })
  if (!submitted.submitted) throw new Error(`The story cannot submit ${reference}: ${JSON.stringify(submitted)}`)
  await runOneJob({ 'make-collective': ({ subjectId }) => makeCollective(subjectId) })
  return reference
}

async function insist(saving: ReturnType<typeof saveContent>): Promise<void> {
  const done = await saving
  if (!done.saved) throw new Error(`The story cannot save its collective filing: ${done.because}`)
}

function contentOf(
  before: CollectiveContent,
  { coverLetter, matterNumber }: Words,
  vendorIds: readonly string[],
): CollectiveContent {
  return {
    ...before,
    coverLetter,
    // Two of the members have written to one of the vendors before: the notices name each other.
    duplicates: 'link',
    filing: {
      ...before.filing,
      kind: 'exclusion',
      bases: ['EXCLUSION_REQUEST'],
      vendorIds: [...vendorIds],
      measures: [
        { measure: 'STOP_TRAINING_FUTURE', detail: '' },
        { measure: 'RESPOND_TO_OUTPUT_CLAIMS', detail: '' },
      ],
      stance: 'demand',
      priorPermission: true,
      locale: 'en',
      matterNumber,
    },
  }
}

async function answer(who: string, reference: string, given: AnnexAnswer): Promise<void> {
  // The approver serves two holders: the answer is for the one that wants an approval.
  const member = who === 'approver' ? await memberOf('approver@demo.test', 'komorebi') : await accountOf(who)
  const done = await answerAnnex({ member, reference, answer: given })
  if (!done.answered) throw new Error(`${who} could not answer for the annex of ${reference}: ${done.because}`)
}
