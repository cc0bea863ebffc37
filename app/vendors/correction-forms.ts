import { z } from 'zod'

import { lineField } from '#app/accounts/names.ts'
import { m } from '#app/generated/messages/messages.js'

import { crawlerPurposes } from './crawler-list.ts'
import { factKinds, factSchema } from './directory.ts'

/** What a suggestion is about: a kind of fact, or something else that the operator puts right by hand. */
export const correctionKinds = [...factKinds, 'other'] as const
export type CorrectionKind = (typeof correctionKinds)[number]

/** A suggestion: what should stand there, and the page on which it can be read. */
export const correctionForm = z
  .object({
    kind: z.enum(correctionKinds, { error: () => m.vendors_error_fact_kind() }),
    value: z
      .string({ error: () => m.vendors_error_fact_value() })
      .pipe(lineField(200))
      .pipe(z.string().min(1, { error: () => m.vendors_error_fact_value() })),
    purpose: z.enum(crawlerPurposes).optional(),
    sourceUrl: z.url({ protocol: /^https?$/, error: () => m.vendors_error_source_url() }).max(2_000),
    note: z
      .string()
      .trim()
      .max(1_000, { error: () => m.security_correction_error_note() })
      .optional(),
  })
  .transform((typed, context) => {
    const value = typed.kind === 'country' ? typed.value.toUpperCase() : typed.value
    if (typed.kind === 'other') return { ...typed, value }
    const note = typed.kind === 'crawler' ? (typed.purpose ?? 'unknown') : null
    if (factSchema.safeParse({ kind: typed.kind, value, note, source: null }).success) return { ...typed, value }
    const words = { country: m.vendors_error_country, website: m.vendors_error_website }
    const say = typed.kind === 'country' || typed.kind === 'website' ? words[typed.kind] : m.vendors_error_fact_value
    context.addIssue({ code: 'custom', path: ['value'], message: say() })
    return z.NEVER
  })
/** A suggestion that can be kept. */
export type Correction = z.output<typeof correctionForm>

/** Accepting one: with it, a fact is written. */
export const acceptCorrectionForm = z.object({ correctionId: z.uuid() })

/** Declining one: whoever suggested it reads why. */
export const declineCorrectionForm = z.object({
  correctionId: z.uuid(),
  reason: z
    .string({ error: () => m.security_correction_error_reason() })
    .pipe(lineField(500))
    .pipe(z.string().min(3, { error: () => m.security_correction_error_reason() })),
})
