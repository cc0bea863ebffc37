import { z } from 'zod'

/** A listed scope holds at most this many works; more is asked for as the whole catalogue. */
export const mostListedWorks = 1_000_000

/** Words and fields by which works are chosen; resolved to a list once, at submission. */
export const workFilterSchema = z.strictObject({
  text: z.string().trim().min(1).max(200).optional(),
  kind: z.string().min(1).max(40).optional(),
  parentWorkId: z.uuid().optional(),
  yearFrom: z.int().min(0).max(9999).optional(),
  yearTo: z.int().min(0).max(9999).optional(),
})

/** What a holder chooses; it names a catalogue and freezes its version at submission. */
export const scopeChoiceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all'), catalogueId: z.uuid() }),
  z.strictObject({
    kind: z.literal('chosen'),
    catalogueId: z.uuid(),
    workIds: z.array(z.uuid()).min(1).max(mostListedWorks),
  }),
  z.strictObject({
    kind: z.literal('filtered'),
    catalogueId: z.uuid(),
    filter: workFilterSchema,
    except: z.array(z.uuid()).max(mostListedWorks),
  }),
])

/** A choice of works as a draft keeps it. */
export type ScopeChoice = z.infer<typeof scopeChoiceSchema>

/** How a frozen scope is stored: the whole version in one row, or a list. */
export function storedKindOf(choice: ScopeChoice): 'all' | 'listed' {
  return choice.kind === 'all' ? 'all' : 'listed'
}

/**
 * The text whose SHA-256 stands for a listed scope: one line per work, sorted, so that the order of choosing changes nothing.
 *
 * @param works each with the hash of its row in the frozen version
 */
export function listText(works: readonly { readonly workId: string; readonly rowSha256: string }[]): string {
  const lines = works.map(({ workId, rowSha256 }) => `${workId} ${rowSha256}\n`)
  return lines.toSorted((one, other) => (one < other ? -1 : Number(one > other))).join('')
}
