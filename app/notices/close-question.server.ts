import type { Transaction } from '#app/platform/db.server.ts'
import { endQuestion, type Ended, type QuestionToEnd } from './end-question.server.ts'

/** Takes an open question back without an answer. With the last open one the time to decide runs on. */
export function closeQuestion(tx: Transaction, question: QuestionToEnd): Promise<Ended> {
  return endQuestion(tx, 'clarification.closed', question)
}
