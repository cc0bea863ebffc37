import type { Readable } from 'node:stream'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { openVerified } from '#app/platform/objects.server.ts'
import { findPiece, type Piece } from './find-pieces.server.ts'

/** What was done with a piece. */
export type Access = 'opened' | 'shown' | 'downloaded'

/** Who looks, and from where: a signed-in person or the bearer of a mail link. */
export interface Looker {
  readonly personId: string | null
  readonly linkId: string | null
  readonly networkAddress: string
  readonly userAgent: string | null
}

/** A piece for whoever asks in this transaction, with a line in its access log; null where there is none for them. */
export async function openPiece(
  tx: Transaction,
  { id, what, looker }: { id: string; what: Access; looker: Looker },
): Promise<Piece | null> {
  const piece = await findPiece(tx, id)
  if (piece === null) return null
  await tx.evidenceAccess.createMany({
    data: [
      {
        ...looker,
        id: newId(),
        evidenceId: id,
        organisationId: piece.organisationId,
        at: now(),
        what,
        userAgent: looker.userAgent?.slice(0, 300) ?? null,
      },
    ],
  })
  return piece
}

/**
 * The bytes of a piece, hashed again before the first is given.
 *
 * @throws DamagedObjectError if they are not what was kept
 */
export function readPieceBytes({ sha256, bytes }: Pick<Piece, 'sha256' | 'bytes'>): Promise<Readable> {
  return openVerified({ sha256, bytes })
}
