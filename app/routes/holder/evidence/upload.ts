import { redirect } from 'react-router'
import { addToUpload } from '#app/evidence/add-to-upload.server.ts'
import { findUpload } from '#app/evidence/find-uploads.server.ts'
import { abandonUpload, finishUpload } from '#app/evidence/finish-upload.server.ts'
import { refusalWords } from '#app/evidence/wording.ts'
import type { Route } from './+types/upload.ts'
import { idOf, requireKeeper, wayOn } from './doors.server.ts'

/** How much of an upload has arrived. */
export async function loader({ context, params }: Route.LoaderArgs): Promise<Response> {
  const upload = await findUpload(requireKeeper(context), idOf(params.uploadId))
  if (upload === null) return new Response(null, { status: 404 })
  return Response.json({ received: upload.received, bytes: upload.bytes })
}

/** PATCH adds the part that begins at `Upload-Offset`; POST finishes the upload, or forgets it where the form says so. */
export async function action({ context, params, request }: Route.ActionArgs): Promise<Response> {
  const member = requireKeeper(context)
  const uploadId = idOf(params.uploadId)
  if (request.method === 'PATCH') {
    const offset = Number(request.headers.get('upload-offset') ?? Number.NaN)
    if (!Number.isSafeInteger(offset) || request.body === null) return new Response(null, { status: 400 })
    const added = await addToUpload(member, { uploadId, offset, content: request.body })
    if (added.added) return Response.json({ received: added.received })
    if (added.because === 'gone') return Response.json({ error: refusalWords.gone() }, { status: 404 })
    // Where to go on: the part before has arrived already, or not at all.
    return Response.json({ received: added.received }, { status: added.because === 'stale' ? 409 : 413 })
  }
  if (request.method !== 'POST') return new Response(null, { status: 405 })
  const form = await request.formData()
  if (form.get('act') === 'forget') {
    await abandonUpload(member, uploadId)
    return redirect('/evidence', 303)
  }
  const finished = await finishUpload(member, uploadId)
  if (!finished.kept) return Response.json({ error: refusalWords[finished.because]() }, { status: 400 })
  const next = form.get('next')
  return Response.json({ href: wayOn(typeof next === 'string' ? next : null, finished.id), sha256: finished.sha256 })
}
