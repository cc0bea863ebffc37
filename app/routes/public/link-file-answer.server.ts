import type { RouterContextProvider } from 'react-router'
import { z } from 'zod'
import { openLinkPiece } from '#app/notices/open-link-piece.server.ts'
import { answerFile, type Way } from '#app/routes/holder/evidence/file-answer.server.ts'
import { visitOf } from './link-visit.ts'

/** A shared file for the bearer of a mail link: 404 whether the link is closed or the piece is not shared. */
export async function answerLinkFile({
  request,
  context,
  params,
  way,
}: {
  request: Request
  context: Readonly<RouterContextProvider>
  params: { token: string; id: string }
  way: Way
}): Promise<Response> {
  const id = z.uuid().safeParse(params.id)
  if (!id.success) return new Response(null, { status: 404 })
  const opened = await openLinkPiece(params.token, {
    id: id.data,
    what: way === 'file' ? 'downloaded' : 'shown',
    visit: visitOf(request, context, 'evidence'),
  })
  return opened.open && opened.value !== null
    ? answerFile(opened.value.piece, way)
    : new Response(null, { status: 404 })
}
