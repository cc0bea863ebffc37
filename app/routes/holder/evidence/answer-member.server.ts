import type { Route } from './+types/file.ts'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import { findPiece } from '#app/evidence/find-pieces.server.ts'
import { openPiece } from '#app/evidence/open-piece.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { idOf, lookerOf } from './doors.server.ts'
import { answerFile, type Way } from './file-answer.server.ts'

type Asked = Pick<Route.LoaderArgs, 'context' | 'request'> & { params: { id: string } }

/** A piece for a signed-in member, saved or drawn. Every answer is a line in the access log. */
export async function answerMember({ context, request, params }: Asked, way: Way): Promise<Response> {
  const member: Member = requireMember(context, ['rights_holder', 'vendor'])
  const id = idOf(params.id)
  const looker = lookerOf({ request, context }, { personId: member.personId })
  const what = way === 'file' ? 'downloaded' : 'shown'
  const piece = await withPerson(member.personId, async (tx) => {
    const found = await findPiece(tx, id)
    const mine = found?.organisationId === member.organisation.id || member.organisation.kind === 'vendor'
    return mine ? openPiece(tx, { id, what, looker }) : null
  })
  return piece === null ? new Response(null, { status: 404 }) : answerFile(piece, way)
}
