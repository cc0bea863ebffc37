import { z } from 'zod'
import { mayDo } from '#app/accounts/roles.ts'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { findPiecePage } from '#app/evidence/find-piece-page.server.ts'
import { ForeignPiece, OwnPiece } from '#app/evidence/piece-page.tsx'
import { m } from '#app/generated/messages/messages.js'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/piece.ts'
import { idOf, lookerOf } from './doors.server.ts'

export const meta: Route.MetaFunction = ({ loaderData }) => pageTitle(loaderData?.page.piece.name ?? m.evidence_title())

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const member = requireMember(context, ['rights_holder', 'vendor'])
  const before = z.uuid().nullable().catch(null).parse(new URL(request.url).searchParams.get('log'))
  const looker = lookerOf({ request, context }, { personId: member.personId })
  const page = await findPiecePage(member, { id: idOf(params.id), looker, before })
  if (page === null) throw new Response(null, { status: 404 })
  return { page, mayKeep: mayDo(member.organisation.role, 'keep-evidence'), timeZone: member.timeZone }
}

/** One piece of evidence: all of it for its owner, the shared file and its capture for the other side. */
export default function PieceRoute({ loaderData: { page, mayKeep, timeZone } }: Route.ComponentProps) {
  return page.own ? (
    <OwnPiece page={page} mayKeep={mayKeep} timeZone={timeZone} />
  ) : (
    <ForeignPiece piece={page.piece} timeZone={timeZone} />
  )
}
