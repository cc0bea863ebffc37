import type { Member } from '#app/accounts/viewer.server.ts'
import { foldText } from '#app/catalogues/fold-text.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import type { StoredObject } from '#app/platform/objects.server.ts'
import { keptName } from './file-name.ts'
import { maxLockerBytes, type MediaType } from './media-kinds.ts'

/** A file whose bytes are kept already, about to become a piece of evidence. */
export interface PieceToAdd {
  readonly id: string
  readonly name: string
  readonly type: MediaType
  readonly stored: StoredObject
  /** The original, if this is its redacted copy. */
  readonly redactionOf: string | null
  /** It was sent in parts: its bytes are counted already. */
  readonly counted?: boolean
}

/** Why a piece was not added. */
export type PieceRefusal = 'no-room' | 'no-original' | 'id-taken'

/**
 * Writes the row of a piece; its bytes must be on the disk before. A redacted copy begins with the capture and the works of
 * its original. Adding the same piece twice adds it once.
 *
 * @returns why not, or null
 */
export async function addPiece(tx: Transaction, member: Member, piece: PieceToAdd): Promise<PieceRefusal | null> {
  const { id, stored, redactionOf } = piece
  const organisationId = member.organisation.id
  const original = redactionOf === null ? null : await findOriginal(tx, { id: redactionOf, organisationId })
  if (redactionOf !== null && original === null) return 'no-original'
  if (piece.counted !== true && !(await hasRoomFor(tx, organisationId, stored.bytes))) return 'no-room'
  const name = keptName(piece.name)
  const added = await tx.$executeRaw`
    insert into evidence (id, organisation_id, sha256, bytes, media_type, name, search_text, capture, redaction_of, made_by, made_at)
    select ${id}::uuid, ${organisationId}::uuid, ${stored.sha256}, ${stored.bytes}::bigint, ${piece.type}, ${name},
      ${`${foldText(name)} ${stored.sha256}`}, (select o.capture from evidence o where o.id = ${redactionOf}::uuid),
      ${redactionOf}::uuid, ${member.personId}::uuid, ${now()}
    on conflict (id) do nothing`
  if (added === 0) return (await isSame(tx, organisationId, piece)) ? null : 'id-taken'
  if (redactionOf !== null)
    await tx.$executeRaw`
      insert into evidence_work (evidence_id, catalogue_id, work_id)
      select ${id}::uuid, w.catalogue_id, w.work_id from evidence_work w where w.evidence_id = ${redactionOf}::uuid`
  return null
}

/** Whether so many more bytes may be kept. Holds off other uploads of the organisation until the transaction ends. */
export async function hasRoomFor(tx: Transaction, organisationId: string, bytes: number): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ taken: number | null }[]>`
    select evidence_room(${organisationId}::uuid)::float8 as taken`
  const taken = row?.taken ?? null
  return taken !== null && taken + bytes <= maxLockerBytes
}

/** An original of the organisation; null for another's, and for what is itself a redacted copy. */
export async function findOriginal(
  tx: Transaction,
  { id, organisationId }: { id: string; organisationId: string },
): Promise<{ id: string } | null> {
  return tx.evidence.findFirst({ where: { id, organisationId, redactionOf: null }, select: { id: true } })
}

async function isSame(tx: Transaction, organisationId: string, { id, stored }: PieceToAdd): Promise<boolean> {
  const { sha256 } = stored
  return (await tx.evidence.count({ where: { id, organisationId, sha256 } })) === 1
}
