import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { log } from '#app/platform/log.server.ts'
import { composeOrSay, type Composed, type ToCompose } from './compose-or-say.server.ts'
import type { RoundAnswer } from './compose-thread.server.ts'

type Waiting = { resolve: (composed: readonly Composed[]) => void; reject: (reason: unknown) => void }
type Thread = { worker: Worker; waiting: Map<number, Waiting>; rounds: number }

let thread: Thread | undefined

/**
 * Composes mails in a thread of their own where the build has put one beside this file, else here, one after another.
 * A thread that ends takes nothing with it: its mails are composed here, and the next round starts another.
 */
export async function composeMails(mails: readonly ToCompose[], at: Date): Promise<readonly Composed[]> {
  if (mails.length === 0) return []
  const path = threadPath()
  if (path === undefined || mails.length < 4) return composeHere(mails, at)
  try {
    return await composeThere(path, mails, at)
  } catch (error) {
    log.error({ err: error }, 'the thread that composes mails has ended')
    return composeHere(mails, at)
  }
}

async function composeHere(mails: readonly ToCompose[], at: Date): Promise<readonly Composed[]> {
  const composed: Composed[] = []
  for (const mail of mails) {
    // Between two mails the connections that are sending get their turn.
    await nextTurn()
    composed.push(composeOrSay(mail, at))
  }
  return composed
}

function composeThere(path: string, mails: readonly ToCompose[], at: Date): Promise<readonly Composed[]> {
  thread ??= startThread(path)
  const { worker, waiting } = thread
  const round = (thread.rounds += 1)
  return new Promise((resolve, reject) => {
    waiting.set(round, { resolve, reject })
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage({ round, mails, at })
  })
}

function startThread(path: string): Thread {
  const worker = new Worker(path)
  const started: Thread = { worker, waiting: new Map(), rounds: 0 }
  // It holds no process open: what it has not finished has not been written down either.
  worker.unref()
  worker.on('message', (answer: RoundAnswer) => {
    started.waiting.get(answer.round)?.resolve(withBytes(answer))
    started.waiting.delete(answer.round)
  })
  const ended = (reason: unknown) => {
    if (thread === started) thread = undefined
    for (const { reject } of started.waiting.values()) reject(reason)
    started.waiting.clear()
  }
  worker.on('error', ended)
  worker.on('exit', () => ended(new Error('The thread has ended.')))
  return started
}

/** Each mail again with its own stretch of the bytes, which are not copied. */
function withBytes({ composed, bytes }: RoundAnswer): readonly Composed[] {
  let next = 0
  return composed.map((mail) => {
    if (mail.error !== null) return { id: mail.id, raw: null, error: mail.error }
    const raw = Buffer.from(bytes.buffer, next, mail.length)
    next += mail.length
    return { id: mail.id, raw, sha256: mail.sha256, error: null }
  })
}

let found: string | undefined | null = null

function threadPath(): string | undefined {
  if (found !== null) return found
  const beside = [import.meta.dirname, join(import.meta.dirname, '..')].map((folder) =>
    join(folder, 'compose-thread.js'),
  )
  found = beside.find((path) => existsSync(path))
  return found
}
