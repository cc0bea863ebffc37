import { createReadableStreamFromReadable } from '@react-router/node'
import { attachmentHeader } from '#app/evidence/file-name.ts'
import type { KeptQuestionFile } from '#app/notices/find-question-file.server.ts'
import { openVerified } from '#app/platform/objects.server.ts'

/** A file that somebody sent, verified: to keep, never to be shown by the browser as a page of ours. 404 where there is none. */
export async function attachedFile(file: KeptQuestionFile | null): Promise<Response> {
  if (file === null) return new Response(null, { status: 404 })
  return new Response(createReadableStreamFromReadable(await openVerified(file)), {
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(file.bytes),
      'Content-Disposition': attachmentHeader(file.name),
      'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
      'X-Robots-Tag': 'noindex',
      'X-SHA-256': file.sha256,
    },
  })
}
