import { parentPort } from 'node:worker_threads'
import { composeOrSay, type ToCompose } from './compose-or-say.server.ts'

// The thread beside the worker's own in which mails are composed: while it draws, the other one sends.
parentPort?.on('message', ({ round, mails, at }: { round: number; mails: readonly ToCompose[]; at: Date }) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage({ round, composed: mails.map((mail) => composeOrSay(mail, at)) })
})
