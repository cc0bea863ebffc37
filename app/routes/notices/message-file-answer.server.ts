import { z } from 'zod'
import { attachmentHeader } from '#app/evidence/file-name.ts'
import { readMessageFile, type FoundMessageFile } from '#app/notices/find-message-file.server.ts'

/** Which file an address asks for. */
export const wantedFile = z.object({ id: z.uuid(), position: z.coerce.number().int().min(0).max(10_000) })

/** A file that came with a mail: to keep, never to be shown by the browser as a page of ours. 404 where there is none. */
export async function answerMessageFile(found: FoundMessageFile | null): Promise<Response> {
  if (found === null) return new Response(null, { status: 404 })
  const { name, bytes, sha256 } = await readMessageFile(found)
  return new Response(Uint8Array.from(bytes), {
    headers: {
      'Content-Type': 'application/octet-stream',
      'X-Content-Type-Options': 'nosniff',
      'Content-Disposition': attachmentHeader(name),
      'X-Robots-Tag': 'noindex',
      'X-SHA-256': sha256,
    },
  })
}
