import type { Transaction } from '#app/platform/db.server.ts'
import type { Going } from './sharing.ts'

/** A file that goes with a notice, as a letter names it. */
interface LetterPiece {
  readonly name: string
  readonly type: string
  readonly bytes: number
  readonly sha256: string
}

/** Of what goes with a notice, the pieces that the vendor can read, in the order chosen. */
export async function findLetterPieces(
  tx: Transaction,
  organisationId: string,
  going: readonly Going[],
): Promise<readonly LetterPiece[]> {
  const ids = going.flatMap(({ sharedId }) => (sharedId === null ? [] : [sharedId]))
  if (ids.length === 0) return []
  return tx.$queryRaw<LetterPiece[]>`
    select e.name, e.media_type as type, e.bytes::float8 as bytes, e.sha256
    from unnest(${ids}::uuid[]) with ordinality w (id, place) join evidence e on e.id = w.id
    where e.organisation_id = ${organisationId}::uuid order by w.place`
}
