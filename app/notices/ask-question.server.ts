import type { Transaction } from '#app/platform/db.server.ts'
import type { Prepared } from './build-steps.server.ts'
import { keepQuestion, WorksError, type QuestionToAsk, type WorksFault } from './keep-question.server.ts'
import type { AskedKind, AskedWorks } from './questions.ts'
import { takeSteps, type StepResults } from './take-steps.server.ts'

/** The result per notice; or that the works it is about are none, or too many to list. */
export type Asked = { readonly accepted: true } & StepResults
/**
 * Asks the holder about some works of a notice, and pauses the time to decide until the last open question is answered or
 * closed. A fault undoes nothing but itself: nothing was asked.
 */
export async function askQuestion(
  tx: Transaction,
  question: QuestionToAsk & { readonly kind: AskedKind; readonly works: AskedWorks },
): Promise<Asked | WorksFault> {
  const { taker, noticeId, kind, works, text } = question
  await tx.$executeRaw`savepoint asking`
  try {
    const results = await takeSteps(tx, {
      step: 'clarification.requested',
      noticeIds: [noticeId],
      taker,
      prepare: async ([ready]) => {
        if (!ready) return new Map()
        const kept = await keepQuestion(tx, ready, { id: question.questionId, text, kind, reasons: [], works })
        if (kept === null) return new Map()
        const { payload, later } = kept
        return new Map([[noticeId, { payload, facts: { text }, later } satisfies Prepared]])
      },
    })
    return { accepted: true, ...results }
  } catch (error) {
    if (!(error instanceof WorksError)) throw error
    await tx.$executeRaw`rollback to savepoint asking`
    return { accepted: false, because: error.because }
  }
}
