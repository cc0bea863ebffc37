import { askQuestion } from '#app/notices/ask-question.server.ts'
import { challengeDecision } from '#app/notices/challenge-decision.server.ts'
import { escalateNotice } from '#app/notices/escalate-notice.server.ts'
import { setClock } from '#app/platform/clock.server.ts'
import { newId } from '#app/platform/id.ts'
import { noticeTo, perform } from './acts.ts'
import { idOf, type Stage } from './plot.ts'
import { goTo, inDays } from './time.ts'

/** A question that waits for its answer, a decision that was challenged, and silence that went to a regulator. Play it last. */
export async function playQuestions({ studio, press, vendors, deliver }: Stage): Promise<void> {
  goTo(3, 9, 15)
  const question = {
    questionId: newId(),
    kind: 'identifiers',
    works: { kind: 'found', text: 'プリキュア' },
    text: 'Several of these films have nearly the same title. Which ISAN or EIDR numbers do they have?',
  } as const
  await perform(
    { bearer: { name: 'Tom Ashworth', role: 'notices team' } },
    await noticeTo(idOf(vendors, 'halcyon'), studio),
    async (tx, taker, [noticeId = '']) => {
      const asked = await askQuestion(tx, { taker, noticeId, ...question })
      if (!asked.accepted) throw new Error(`The story asks about ${asked.because}`)
      return asked
    },
  )
  goTo(2, 1, 20)
  await perform(
    { member: studio },
    await noticeTo(idOf(vendors, 'meridian'), studio),
    async (tx, taker, [noticeId = '']) => {
      const challenged = await challengeDecision(tx, {
        taker,
        noticeId,
        cells: { kind: 'unagreed', measures: ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS'] },
        reason: 'You name no country and no dataset. The rights are reserved in machine-readable form since 2024.',
      })
      if (!challenged.accepted) throw new Error(`The story challenges ${challenged.because}`)
      return challenged
    },
  )
  goTo(1, 14, 5)
  await perform({ member: press }, await noticeTo(idOf(vendors, 'brightwater'), press), (tx, taker, [noticeId = '']) =>
    escalateNotice(tx, {
      taker,
      noticeId,
      escalation: {
        kind: 'regulator',
        where: 'Example Data Authority (demo)',
        reference: 'EDA-2026-0417',
        since: inDays(-2),
        told: false,
      },
    }),
  )
  await deliver()
  setClock(null)
}
