import { z } from 'zod'
import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { findPieces, findPiecesById, type Piece } from './find-pieces.server.ts'
import { travels, type Travel } from './sharing.ts'

/** A piece that can be chosen, with its redacted copies. */
export type ChoosablePiece = Piece & { readonly copies: readonly Piece[] }

/** The pieces to choose from: those in hand first, then the newest that match what is looked for; one page of them. */
export async function findChoosable(
  member: Member,
  { inHand, search }: { inHand: readonly string[]; search: string },
): Promise<readonly ChoosablePiece[]> {
  const { pieces } = await findPieces(member, { search, before: null, after: null })
  const ids = [...new Set([...inHand, ...pieces.map(({ id }) => id)])]
  return withPerson(member.personId, (tx) => findPiecesById(tx, member.organisation.id, ids))
}

const chosenSchema = z.object({
  chosen: z.array(z.tuple([z.uuid(), z.enum(travels)])).max(500),
  originalsConfirmed: z.boolean(),
})

/** The choice that a form says, piece by piece. Fields that name no piece say nothing. */
export function readChosen(form: FormData): { chosen: ReadonlyMap<string, Travel>; originalsConfirmed: boolean } {
  const given = [...form.entries()].flatMap(([name, value]) =>
    name.startsWith('piece-') && typeof value === 'string' ? [[name.slice('piece-'.length), value]] : [],
  )
  const parsed = chosenSchema.safeParse({ chosen: given, originalsConfirmed: form.get('originals') === 'on' })
  if (!parsed.success) return { chosen: new Map(), originalsConfirmed: false }
  return { chosen: new Map(parsed.data.chosen), originalsConfirmed: parsed.data.originalsConfirmed }
}
