/** What of a piece goes with a notice: nothing at all, the piece for one's own side alone, its redacted copy, or itself. */
export const travels = ['no', 'kept', 'redacted', 'original'] as const
/** One of `travels`. */
export type Travel = (typeof travels)[number]

/** At most so many pieces go with one notice. */
export const mostPieces = 50

/** A piece that goes with a notice, and the one that the vendor can read: itself, its redacted copy, or none. */
export interface Going {
  readonly evidenceId: string
  readonly sharedId: string | null
}

/** A piece to choose, its redacted copies newest first. */
export interface Choosable {
  readonly id: string
  readonly copies: readonly { readonly id: string }[]
}

/** Whether the choice can stand. */
export type SharingVerdict =
  | { readonly allowed: true; readonly going: readonly Going[] }
  | { readonly allowed: false; readonly because: 'originals-unconfirmed' | 'no-copy' | 'too-many' }

/**
 * Reads a choice of pieces. The newest redacted copy travels instead of its original; an original travels only where that
 * was ticked besides, since what a vendor has read is not taken back.
 */
export function judgeSharing({
  pieces,
  chosen,
  originalsConfirmed,
}: {
  pieces: readonly Choosable[]
  chosen: ReadonlyMap<string, Travel>
  originalsConfirmed: boolean
}): SharingVerdict {
  const wanted = pieces.flatMap((piece) => {
    const travel = chosen.get(piece.id) ?? 'no'
    return travel === 'no' ? [] : [{ piece, travel }]
  })
  if (wanted.length > mostPieces) return { allowed: false, because: 'too-many' }
  if (wanted.some(({ piece, travel }) => travel === 'redacted' && piece.copies.length === 0))
    return { allowed: false, because: 'no-copy' }
  if (!originalsConfirmed && wanted.some(({ travel }) => travel === 'original'))
    return { allowed: false, because: 'originals-unconfirmed' }
  return {
    allowed: true,
    going: wanted.map(({ piece: { id, copies }, travel }) => ({
      evidenceId: id,
      sharedId: travel === 'kept' ? null : travel === 'original' ? id : (copies[0]?.id ?? null),
    })),
  }
}

/** How a piece goes, as the form shows it. */
export function travelOf({ evidenceId, sharedId }: Going): Travel {
  if (sharedId === null) return 'kept'
  return sharedId === evidenceId ? 'original' : 'redacted'
}
