import { canonicalJson } from '#app/ledger/canonical-json.ts'
import { sha256 } from '#app/ledger/hash.server.ts'
import { captureWords } from '#app/evidence/capture.ts'
import { findPiecesById, type Piece } from '#app/evidence/find-pieces.server.ts'
import { judgeSharing, mostPieces, type Going, type SharingVerdict, type Travel } from '#app/evidence/sharing.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import type { Untaken } from './explain-refusals.server.ts'
import { takeSteps } from './take-steps.server.ts'
import type { Taker } from './taker.server.ts'

/** What came of adding evidence to a notice. */
export type EvidenceAdded =
  | { readonly added: true; readonly pieces: number }
  | { readonly added: false; readonly because: Extract<SharingVerdict, { allowed: false }>['because'] | 'nothing' }
  | { readonly added: false; readonly because: 'refused'; readonly untaken: Untaken }

/** A choice of pieces for a notice. */
export interface EvidenceToAdd {
  readonly taker: Extract<Taker, { channel: 'portal' | 'api' }>
  readonly noticeId: string
  readonly chosen: ReadonlyMap<string, Travel>
  readonly originalsConfirmed: boolean
}

/**
 * Adds pieces to a notice that was submitted: for the holder's own side, or for the vendor to read, who is told by mail. The
 * ledger names hashes only. What goes with it already stays; choosing it once more shares what was not shared before.
 */
export async function addEvidence(tx: Transaction, toAdd: EvidenceToAdd): Promise<EvidenceAdded> {
  const { taker, noticeId, chosen, originalsConfirmed } = toAdd
  const wanted = [...chosen].filter(([, travel]) => travel !== 'no').map(([id]) => id)
  const pieces = await findPiecesById(tx, taker.organisation.id, wanted)
  const verdict = judgeSharing({ pieces, chosen, originalsConfirmed })
  if (!verdict.allowed) return { added: false, because: verdict.because }
  const going = verdict.going.map(({ evidenceId }) => evidenceId)
  const others = await tx.evidenceNotice.count({ where: { noticeId, evidenceId: { notIn: going } } })
  if (others + going.length > mostPieces) return { added: false, because: 'too-many' }
  const known = new Map(pieces.flatMap((piece) => [piece, ...piece.copies]).map((piece) => [piece.id, piece]))
  let pieceCount = 0
  // Two lines of the ledger, since the vendor reads the one and not the other.
  for (const step of ['evidence.added', 'evidence.shared'] as const) {
    const part = verdict.going.filter(({ sharedId }) => (sharedId !== null) === (step === 'evidence.shared'))
    if (part.length === 0) continue
    const { failed } = await takeSteps(tx, {
      step,
      noticeIds: [noticeId],
      taker,
      prepare: async () => {
        const fresh = await writeGoing(tx, { noticeId, going: part, personId: taker.personId })
        pieceCount += fresh.length
        return new Map(fresh.length === 0 ? [] : [[noticeId, wordsOf(fresh, known)]])
      },
    })
    const [untaken] = failed
    if (untaken) return { added: false, because: 'refused', untaken }
  }
  return pieceCount === 0 ? { added: false, because: 'nothing' } : { added: true, pieces: pieceCount }
}

// The notice's row is locked: of two who add the same piece, the second finds it there and adds nothing.
async function writeGoing(
  tx: Transaction,
  { noticeId, going, personId }: { noticeId: string; going: readonly Going[]; personId: string },
): Promise<readonly Going[]> {
  const there = await tx.evidenceNotice.findMany({
    where: { noticeId },
    select: { evidenceId: true, sharedId: true },
    take: mostPieces * 2,
  })
  const before = new Map(there.map(({ evidenceId, sharedId }) => [evidenceId, sharedId]))
  const fresh = going.filter(({ evidenceId, sharedId }) => {
    const shared = before.get(evidenceId)
    return shared === undefined || (shared === null && sharedId !== null)
  })
  const by = { addedBy: personId, addedAt: now() }
  await tx.evidenceNotice.createMany({
    data: fresh.filter(({ evidenceId }) => !before.has(evidenceId)).map((each) => ({ ...each, ...by, noticeId })),
  })
  for (const { evidenceId, sharedId } of fresh.filter((each) => before.has(each.evidenceId)))
    await tx.evidenceNotice.updateMany({ where: { noticeId, evidenceId, sharedId: null }, data: { ...by, sharedId } })
  return fresh
}

function wordsOf(going: readonly Going[], known: ReadonlyMap<string, Piece>) {
  const pieces = going.flatMap(({ evidenceId, sharedId }) => known.get(sharedId ?? evidenceId) ?? [])
  return {
    payload: {
      pieces: pieces.map(({ sha256: hash, capture }) => ({
        sha256: hash,
        ...(capture === null ? {} : { capture: sha256(canonicalJson(captureWords(capture))) }),
      })),
    },
    // A name may name a person.
    facts: { names: pieces.map(({ name }) => name) },
  }
}
