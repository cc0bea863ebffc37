import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { Worker } from 'node:worker_threads'
import { sha256 } from '#app/ledger/hash.server.ts'
import { hasNamed, keepNamed, readNamed } from '#app/platform/objects.server.ts'
import type { LetterPdf } from './letter-pdf.tsx'

/** Changes with the drawing: what an older one drew is drawn anew. */
const drawing = 1
/** At most so many letters wait for the thread; whoever comes then is asked to come again. */
const mostWaiting = 8
const patienceMs = 90_000

/** The PDF of a letter, or that too many are being drawn. */
export type Rendered = { readonly drawn: true; readonly bytes: Uint8Array } | { readonly drawn: false }

/** The PDF of a letter: drawn once in a thread of its own, then kept by the hash of what it was drawn from. */
export async function renderLetterPdf(given: LetterPdf): Promise<Rendered> {
  const name = `letters/${sha256(JSON.stringify([drawing, given]))}.pdf`
  if (await hasNamed(name)) return { drawn: true, bytes: await buffer(readNamed(name)) }
  if (waiting.size >= mostWaiting) return { drawn: false }
  const bytes = await draw(given)
  await keepNamed(name, once(bytes))
  return { drawn: true, bytes }
}

type Waiting = { resolve: (bytes: Uint8Array) => void; reject: (reason: Error) => void }

const waiting = new Map<number, Waiting>()
let thread: Worker | undefined
let rounds = 0

async function draw(given: LetterPdf): Promise<Uint8Array> {
  const path = threadPath()
  if (path === undefined) {
    // No build has put a thread beside this file: a test draws here.
    const { drawLetterPdf } = await import('./draw-letter-pdf.server.ts')
    return drawLetterPdf(given)
  }
  thread ??= startThread(path)
  rounds += 1
  const round = rounds
  const drawn = new Promise<Uint8Array>((resolve, reject) => {
    waiting.set(round, { resolve, reject })
  })
  // A letter that never ends would hold up all that wait behind it.
  const patience = setTimeout(() => void thread?.terminate(), patienceMs)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  thread.postMessage({ round, given })
  try {
    return await drawn
  } finally {
    clearTimeout(patience)
    waiting.delete(round)
  }
}

function startThread(path: string): Worker {
  const worker = new Worker(path)
  worker.unref()
  worker.on('message', ({ round, bytes, error }: { round: number; bytes?: Uint8Array; error?: string }) => {
    if (bytes === undefined) waiting.get(round)?.reject(new Error(`A letter could not be drawn: ${error ?? ''}`))
    else waiting.get(round)?.resolve(bytes)
  })
  const ended = (reason: Error) => {
    if (thread === worker) thread = undefined
    for (const { reject } of waiting.values()) reject(reason)
  }
  worker.on('error', ended)
  worker.on('exit', () => ended(new Error('The thread that draws letters has ended.')))
  return worker
}

function threadPath(): string | undefined {
  const beside = [import.meta.dirname, join(import.meta.dirname, '..')]
  return beside.map((folder) => join(folder, 'letter-pdf-thread.js')).find((path) => existsSync(path))
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
