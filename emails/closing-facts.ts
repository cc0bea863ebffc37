import { z } from 'zod'
import { formatDate } from '#app/ui/format.ts'
import { address } from './facts.ts'

/** What a mail about a closing needs to know: whose, from when it cannot be undone, and where its reader cancels it. */
export const closingFacts = z.object({
  name: z.string(),
  organisation: z.string(),
  eraseAt: z.iso.datetime(),
  timeZone: z.string(),
  url: address,
})

/** What a mail about a closing needs to know. */
export type ClosingFacts = z.infer<typeof closingFacts>

/** The words that every mail about a closing says: the organisation, and the day in its own time zone. */
export function closingWords({ organisation, eraseAt, timeZone }: ClosingFacts): {
  organisation: string
  date: string
} {
  return { organisation, date: formatDate(eraseAt, timeZone) }
}
