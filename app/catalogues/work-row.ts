import { z } from 'zod'
import { isScheme } from './identifiers.ts'

const party = z.object({ name: z.string(), role: z.string().optional() })

/** The titles of a work as they are kept. */
export const titlesSchema = z.object({
  ja: z.string().optional(),
  en: z.string().optional(),
  kana: z.string().optional(),
  others: z.array(z.string()).optional(),
})

/** The rights of a work as they are kept. */
export const rightsSchema = z.object({
  holder: z.string().optional(),
  parties: z.array(party).optional(),
  credits: z.array(party).optional(),
  distributor: z.string().optional(),
  dateAsWritten: z.string().optional(),
})

const identifier = z.object({
  scheme: z.string().refine(isScheme),
  value: z.string(),
  raw: z.string(),
  valid: z.boolean(),
})
const location = z.object({ kind: z.enum(['exact', 'prefix', 'domain']), url: z.string() })

/** One work of a version, as the database gives it. */
export const workRowSchema = z.object({
  workId: z.string(),
  validFrom: z.number(),
  validTo: z.number().nullable(),
  externalId: z.string(),
  kind: z.string().nullable(),
  title: z.string(),
  titles: titlesSchema,
  creators: z.string().nullable(),
  year: z.number().nullable(),
  releasedOn: z.string().nullable(),
  releasedPrecision: z.enum(['day', 'month', 'year']).nullable(),
  rights: rightsSchema,
  identifiers: z.array(identifier),
  locations: z.array(location),
})

/** See `workRowSchema`. */
export type WorkRow = z.infer<typeof workRowSchema>

/** The owner's number of a work; a work that is known by its content, or was added without one, has none to show. */
export function shownExternalId(externalId: string): string | null {
  return /^(?:row|work):/u.test(externalId) ? null : externalId
}

/** A date as precise as it is known: `1988-04-16`, `1988-04` or `1988`. */
export function dateTextOf({
  releasedOn,
  releasedPrecision,
  year,
}: Pick<WorkRow, 'releasedOn' | 'releasedPrecision' | 'year'>): string | undefined {
  if (releasedOn === null) return year === null ? undefined : String(year)
  const length = { day: 10, month: 7, year: 4 } as const
  return releasedOn.slice(0, length[releasedPrecision ?? 'day'])
}
