import { pieceColumns, readPiece, type Piece } from '#app/evidence/find-pieces.server.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import type { Transaction } from '#app/platform/db.server.ts'

/** A piece that goes with a notice, as the reader's side may see it. */
export interface NoticePiece {
  /** The one that travels; for the holder's own side, the one that stays. */
  readonly piece: Piece
  readonly shared: boolean
  readonly redacted: boolean
  readonly addedAt: Date
}

const mostShown = 200

/**
 * The pieces that go with a notice: what is shared, for its vendor and the bearer of its link; all of it for its holder.
 * Row-level security leaves out the rest.
 */
export async function findNoticeEvidence(tx: Transaction, noticeId: string): Promise<readonly NoticePiece[]> {
  const rows = await tx.$queryRaw<
    (Parameters<typeof readPiece>[0] & { shared: boolean; redacted: boolean; addedAt: Date })[]
  >`select ${pieceColumns()}, u.shared_id is not null as shared, u.shared_id is distinct from u.evidence_id and u.shared_id is not null as redacted,
      u.added_at as "addedAt"
    from evidence_notice u join evidence e on e.id = coalesce(u.shared_id, u.evidence_id)
    where u.notice_id = ${noticeId}::uuid order by u.added_at, e.id limit ${Prisma.raw(String(mostShown))}`
  return rows.map(({ shared, redacted, addedAt, ...row }) => ({ piece: readPiece(row), shared, redacted, addedAt }))
}
