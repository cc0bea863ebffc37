import type { Piece } from '#app/evidence/find-pieces.server.ts'
import { openPiece, type Access } from '#app/evidence/open-piece.server.ts'
import { withLink, type LinkResult } from '#app/platform/db.server.ts'
import { getLinkNotice, logVisit, type LinkVisit } from './find-link-notice.server.ts'

/** A shared piece behind a mail link, with the zone in which its times are said. */
export interface LinkPiece {
  readonly piece: Piece
  readonly reference: string
  readonly timeZone: string
}

/**
 * A piece that goes with the notice behind a mail link. Asking leaves a line in the link's log and in the piece's own.
 *
 * @returns null within an open link where no such piece is shared
 */
export function openLinkPiece(
  token: string,
  { id, what, visit }: { id: string; what: Access; visit: LinkVisit },
): Promise<LinkResult<LinkPiece | null>> {
  return withLink(token, async (tx, link) => {
    await logVisit(tx, link, visit)
    const { networkAddress, userAgent } = visit
    const looker = { personId: null, linkId: link.id, networkAddress, userAgent }
    const piece = await openPiece(tx, { id, what, looker })
    if (piece === null) return null
    const { reference, timeZone } = await getLinkNotice(tx, link)
    return { piece, reference, timeZone }
  })
}
