import type { Transaction } from '#app/platform/db.server.ts'
import { endQuestion, type Ended, type QuestionToEnd } from './end-question.server.ts'
import type { FileToAdd } from './question-files.server.ts'

/**
 * Answers an open question. With the last open one the time to decide runs on from the next day.
 *
 * @param answer.text kept beside the chain
 * @param answer.files held by the object storage already
 */
export function answerQuestion(
  tx: Transaction,
  answer: QuestionToEnd & { readonly text: string; readonly files?: readonly FileToAdd[] },
): Promise<Ended> {
  return endQuestion(tx, 'clarification.answered', answer)
}
