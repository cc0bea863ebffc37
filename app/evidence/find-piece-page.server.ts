import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { findAccessLog, type AccessLine } from './find-access-log.server.ts'
import { findPiece, findPiecesById, type Piece } from './find-pieces.server.ts'
import { findUses, type PieceUse } from './find-uses.server.ts'
import { openPiece, type Looker } from './open-piece.server.ts'

/** A piece of the organisation's own with all that its page shows. */
export interface PiecePage {
  readonly own: true
  readonly piece: Piece
  readonly original: Piece | null
  readonly copies: readonly Piece[]
  readonly uses: readonly PieceUse[]
  /** It went out with a notice: nothing of it changes any more. */
  readonly went: boolean
  readonly log: { readonly lines: readonly AccessLine[]; readonly earlier: string | null }
}

/** A piece of another organisation, shared with a notice that the member may read. */
export interface SharedPiece {
  readonly own: false
  readonly piece: Piece
}

/**
 * A piece for a signed-in member, with a line in its access log.
 *
 * @returns null where there is none for the organisation that the member acts for
 */
export function findPiecePage(
  member: Member,
  { id, looker, before }: { id: string; looker: Looker; before: string | null },
): Promise<PiecePage | SharedPiece | null> {
  return withPerson(member.personId, async (tx) => {
    const found = await findPiece(tx, id)
    const own = found?.organisationId === member.organisation.id
    if (found === null || (!own && member.organisation.kind !== 'vendor')) return null
    const piece = (await openPiece(tx, { id, what: 'opened', looker })) ?? found
    if (!own) return { own, piece }
    const uses = await findUses(tx, id)
    const [whole] = await findPiecesById(tx, piece.organisationId, [piece.redactionOf ?? id])
    return {
      own,
      piece,
      original: piece.redactionOf === null ? null : (whole ?? null),
      copies: whole?.copies ?? [],
      uses,
      went: uses.some(({ begun }) => begun),
      log: await findAccessLog(tx, id, before),
    }
  })
}
