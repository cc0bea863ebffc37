import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { findPiece, type Piece } from './find-pieces.server.ts'

/** A piece of the organisation that the member acts for; null for any other, also for one that is shared with it. */
export async function findOwnPiece(member: Member, id: string): Promise<Piece | null> {
  const piece = await withPerson(member.personId, (tx) => findPiece(tx, id))
  return piece?.organisationId === member.organisation.id ? piece : null
}
