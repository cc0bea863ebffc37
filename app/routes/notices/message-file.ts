import { z } from 'zod'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { findMessageFile } from '#app/notices/find-message-file.server.ts'
import type { Route } from './+types/message-file.ts'

const wanted = z.object({ id: z.uuid(), position: z.coerce.number().int().min(0).max(10_000) })

/** A file that came with a mail: to keep, never to be shown by the browser as a page of ours. */
export async function loader({ context, params }: Route.LoaderArgs): Promise<Response> {
  const { personId } = requireMember(context, ['rights_holder', 'vendor', 'association'])
  const asked = wanted.safeParse(params)
  const file = asked.success ? await findMessageFile(personId, asked.data) : null
  if (file === null) throw new Response(null, { status: 404 })
  return new Response(Uint8Array.from(file.bytes), {
    headers: {
      'Content-Type': 'application/octet-stream',
      'X-Content-Type-Options': 'nosniff',
      'Content-Disposition': `attachment; filename="file"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'X-SHA-256': file.sha256,
    },
  })
}
