import type { Transaction } from '#app/platform/db.server.ts'
import type { Prepared } from './build-steps.server.ts'
import { keepQuestion, type QuestionToAsk } from './keep-question.server.ts'
import type { SendBackReason } from './questions.ts'
import { takeSteps, type StepResults } from './take-steps.server.ts'

/**
 * Sends a notice back as incomplete, with what is missing: once. It waits for the holder like an open question.
 */
export function sendBack(
  tx: Transaction,
  question: QuestionToAsk & { readonly reasons: readonly SendBackReason[] },
): Promise<StepResults> {
  const { taker, noticeId, reasons, text } = question
  return takeSteps(tx, {
    step: 'notice.sent_back',
    noticeIds: [noticeId],
    taker,
    prepare: async ([ready]) => {
      if (!ready) return new Map()
      const all = { kind: 'all' } as const
      const { questionId: id } = question
      const kept = await keepQuestion(tx, ready, { id, text, kind: 'incomplete', reasons, works: all })
      if (kept === null) return new Map()
      const payload = { ...kept.payload, reasons: [...reasons] }
      return new Map([[noticeId, { payload, facts: { text }, later: kept.later } satisfies Prepared]])
    },
  })
}
