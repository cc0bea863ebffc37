import type { Transaction } from '#app/platform/db.server.ts'

/** A notice with which a piece goes. */
export interface PieceUse {
  readonly reference: string
  readonly vendor: string
  /** What the vendor can read: nothing, this piece, or its redacted copy. */
  readonly shared: 'none' | 'original' | 'redacted'
  /** The piece that the vendor can read. */
  readonly sharedId: string | null
  readonly addedAt: Date
  readonly begun: boolean
}

const mostUses = 200

/** The notices that a piece goes with, newest first; at most 200. */
export function findUses(tx: Transaction, evidenceId: string): Promise<PieceUse[]> {
  return tx.$queryRaw<PieceUse[]>`
    select n.reference, v.name as vendor, n.begun_at is not null as begun, u.added_at as "addedAt", u.shared_id as "sharedId",
      case when u.shared_id is null then 'none' when u.shared_id = u.evidence_id then 'original' else 'redacted' end as shared
    from evidence_notice u join notice n on n.id = u.notice_id join vendor v on v.id = n.vendor_id
    where (u.evidence_id = ${evidenceId}::uuid or u.shared_id = ${evidenceId}::uuid) and n.stage <> 'draft'
    order by n.id desc limit ${mostUses}`
}
