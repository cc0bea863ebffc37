import { z } from 'zod'

/** How long the link *This was not me* of a mail works, in hours. */
export const notMeHours = 72

/** What the link takes back beside ending every session: only what was added, never a protection that was there. */
export const undoSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('second-factor') }),
  z.object({ kind: z.literal('passkey'), id: z.uuid() }),
])
export type Undo = z.infer<typeof undoSchema>

/** What is kept under the token of the link. */
export const notMeSchema = z.object({ personId: z.uuid(), undo: undoSchema.nullable() })
