import { parentPort } from 'node:worker_threads'
import { drawLetterPdf } from './draw-letter-pdf.server.ts'
import type { LetterPdf } from './letter-pdf.tsx'

// The thread beside the web's own in which letters are drawn: pages are answered meanwhile.
parentPort?.on('message', ({ round, given }: { round: number; given: LetterPdf }) => {
  void drawLetterPdf(given).then(
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    (bytes) => parentPort?.postMessage({ round, bytes }),
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    (error: unknown) => parentPort?.postMessage({ round, error: String(error) }),
  )
})
