import { z } from 'zod'
import { beginUpload } from '#app/evidence/begin-upload.server.ts'
import { refusalWords } from '#app/evidence/wording.ts'
import type { Route } from './+types/uploads.ts'
import { requireKeeper } from './doors.server.ts'

const announced = z.object({
  name: z.string().max(1_000),
  bytes: z.coerce.number().int().min(0),
  fingerprint: z.string().max(200),
  redactionOf: z.uuid().optional(),
})

/** There is no list of uploads: a GET finds nothing. */
export function loader({ context }: Route.LoaderArgs): Response {
  requireKeeper(context)
  return new Response(null, { status: 404 })
}

/** Begins an upload in parts, or finds where the unfinished one of the same file stopped. Speaks JSON, with the script alone. */
export async function action({ context, request }: Route.ActionArgs): Promise<Response> {
  const member = requireKeeper(context)
  const form = announced.safeParse(Object.fromEntries(await request.formData()))
  if (!form.success) return Response.json({ error: refusalWords.empty() }, { status: 400 })
  const begun = await beginUpload(member, form.data)
  if (begun.begun) return Response.json({ id: begun.id, received: begun.received })
  const status = begun.because === 'role' ? 403 : begun.because === 'too-large' ? 413 : 400
  return Response.json({ error: refusalWords[begun.because]() }, { status })
}
