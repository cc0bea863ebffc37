import { z } from 'zod'
import { findDocument } from '#app/associations/keep-document.server.ts'
import { attachmentHeader } from '#app/evidence/file-name.ts'
import { openVerified } from '#app/platform/objects.server.ts'
import { Readable } from 'node:stream'
import type { Route } from './+types/document.ts'
import { requireSide } from './mandate-door.server.ts'

const wanted = z.object({ mandateId: z.uuid(), version: z.coerce.number().int().min(1).max(100_000) })

/** The paper of a version: to keep, never to be shown by the browser as a page of ours. */
export async function loader({ context, params, request }: Route.LoaderArgs): Promise<Response> {
  const { member } = requireSide(context, request.url)
  const asked = wanted.safeParse(params)
  const document = asked.success ? await findDocument(member, asked.data) : null
  if (document === null) throw new Response(null, { status: 404 })
  const { sha256, bytes, name } = document
  const body = Readable.toWeb(await openVerified({ sha256, bytes }))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node's and the web's streams are one, their types are two
  return new Response(body as ReadableStream, {
    headers: {
      'Content-Type': 'application/octet-stream',
      'X-Content-Type-Options': 'nosniff',
      'Content-Disposition': attachmentHeader(name),
      'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'Content-Length': String(bytes),
      'X-SHA-256': sha256,
    },
  })
}
