import { parentPort } from 'node:worker_threads'
import { composeOrSay, type ToCompose } from './compose-or-say.server.ts'

/** What the thread answers: the mails without their bytes, and the bytes of all of them, end to end, given away. */
export type RoundAnswer = {
  round: number
  composed: readonly ({ id: string; length: number; sha256: string; error: null } | { id: string; error: string })[]
  bytes: Uint8Array<ArrayBuffer>
}

// The thread beside the worker's own in which mails are composed: while it draws, the other one sends.
parentPort?.on('message', ({ round, mails, at }: { round: number; mails: readonly ToCompose[]; at: Date }) => {
  const answers = mails.map((mail) => composeOrSay(mail, at))
  const bytes = new Uint8Array(answers.reduce((sum, { raw }) => sum + (raw?.length ?? 0), 0))
  let next = 0
  const composed = answers.map((answer) => {
    if (answer.error !== null) return { id: answer.id, error: answer.error }
    bytes.set(answer.raw, next)
    next += answer.raw.length
    return { id: answer.id, length: answer.raw.length, sha256: answer.sha256, error: null }
  })
  const answer: RoundAnswer = { round, composed, bytes }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(answer, [bytes.buffer])
})
