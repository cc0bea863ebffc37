import { Readable } from 'node:stream'
import { createReadableStreamFromReadable } from '@react-router/node'
import { attachmentHeader, savedName } from '#app/evidence/file-name.ts'
import type { Piece } from '#app/evidence/find-pieces.server.ts'
import { mayBeShown, sentTypeOf } from '#app/evidence/media-kinds.ts'
import { readPieceBytes } from '#app/evidence/open-piece.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { DamagedObjectError } from '#app/platform/objects.server.ts'

/** Whether a browser saves the file or draws it. */
export type Way = 'file' | 'view'

// A PDF is drawn by the browser's own viewer, which a sandbox would keep out; nothing else may load or run in either.
const policies = {
  picture: "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'",
  pdf: "default-src 'none'; object-src 'self'; plugin-types application/pdf; style-src 'unsafe-inline'; frame-ancestors 'self'",
  saved: "default-src 'none'; sandbox; frame-ancestors 'none'",
} as const

/** A piece's bytes, verified. One that changed on the disk is refused with 500, and the log raises the alarm. */
export async function answerFile(piece: Piece, way: Way): Promise<Response> {
  const { type, name, bytes, sha256 } = piece
  const draws = way === 'view' && mayBeShown(type)
  try {
    const body = await readPieceBytes(piece)
    return new Response(createReadableStreamFromReadable(Readable.from(body)), {
      headers: {
        'Content-Type': draws ? type : sentTypeOf(type),
        'Content-Length': String(bytes),
        'Content-Disposition': draws ? 'inline' : attachmentHeader(savedName(name, type)),
        'Content-Security-Policy': draws
          ? type === 'application/pdf'
            ? policies.pdf
            : policies.picture
          : policies.saved,
        'X-Content-Type-Options': 'nosniff',
        'X-Frame-Options': draws ? 'SAMEORIGIN' : 'DENY',
        'Referrer-Policy': 'no-referrer',
        'X-Robots-Tag': 'noindex',
        'X-SHA-256': sha256,
      },
    })
  } catch (error) {
    if (!(error instanceof DamagedObjectError)) throw error
    return new Response(m.evidence_damaged({ sha256 }), {
      status: 500,
      headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    })
  }
}
