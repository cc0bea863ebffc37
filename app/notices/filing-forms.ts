import { normalText } from '#app/platform/normal-text.ts'
import { cutText } from '#app/ui/cut-text.ts'
import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { mostLocations, mostPickedWorks, mostVendors, type FilingContent, type StepChoices } from './filing-draft.ts'
import {
  acts,
  basisIds,
  commitmentPoints,
  japanGrounds,
  japanRights,
  letterLocales,
  noticeKinds,
  signals,
  stances,
  statementIds,
} from './legal-bases/basis.ts'
import { linesOf } from './letter-words.ts'
import { measures } from './measures.ts'

// What PostgreSQL cannot keep in JSON is dropped here; the rest is kept as typed.
function kept(text: string | undefined): string {
  return (text ?? '').toWellFormed().replaceAll('\u0000', '')
}

function limited(most: number) {
  return z.string().max(most, { error: () => m.filing_error_too_long({ most: String(most) }) })
}

function typed(most: number) {
  return limited(most).optional().transform(kept)
}

const year = z
  .string()
  .refine((text) => /^\d{1,4}$/u.test(plainDigits(text)), { error: () => m.filing_error_year() })
  .optional()
  .transform((text) => (text === undefined ? undefined : Number(plainDigits(text))))

function plainDigits(text: string): string {
  return normalText(text, 'NFKC').trim()
}

/** What the button that was pressed asks for after saving. */
export const intents = ['continue', 'save', 'search', 'count'] as const
const saving = { revision: z.coerce.number().int(), intent: z.enum(intents).default('save') }

/** The step at which the kind is chosen. */
export const kindForm = z.object({
  ...saving,
  kind: z.enum(noticeKinds, { error: () => m.filing_error_kind() }),
})

/** The step at which vendors are ticked; all that are chosen are on the page. */
export const vendorsForm = z.object({
  ...saving,
  vendor: z
    .array(z.uuid())
    .max(mostVendors, { error: () => m.filing_error_vendors({ most: String(mostVendors) }) })
    .default([]),
  q: typed(200),
})

/** The step of works, measures and stance. */
export const scopeForm = z.object({
  ...saving,
  // A catalogue and the version that the page showed, `<id>:<version>`.
  catalogue: z
    .string()
    .regex(/^[0-9a-f-]{36}:\d{1,9}$/u)
    .optional(),
  scope: z.enum(['all', 'filtered', 'chosen']).optional(),
  text: typed(200),
  yearFrom: year,
  yearTo: year,
  pasted: limited(500_000)
    .refine((text) => linesOf(text).length <= mostPickedWorks, {
      error: () => m.filing_error_lines({ most: String(mostPickedWorks) }),
    })
    .optional()
    .transform(kept),
  measure: z.array(z.enum(measures)).default([]),
  source: typed(1_000),
  example: typed(1_000),
  stance: z.enum(stances).optional(),
  priorPermission: z.literal('on').optional(),
})

const mostSignalUrls = 50

function addresses(most: number, tooMany: () => string) {
  return limited(200_000)
    .refine((text) => linesOf(text).length <= most, { error: tooMany })
    .refine((text) => linesOf(text).every((line) => isWebAddress(line)), { error: () => m.filing_error_location() })
    .optional()
    .transform((text) => linesOf(kept(text)))
}

/** The step of legal bases, the letter's own words and the signature. */
export const basisForm = z.object({
  ...saving,
  intent: z.enum([...intents, 'cease_desist', 'evidence']).default('save'),
  basis: z.array(z.enum(basisIds)).default([]),
  act: z.array(z.enum(acts)).default([]),
  models: typed(500),
  rights: typed(500),
  evidence: typed(10_000),
  capturedAt: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/u, { error: () => m.filing_error_instant() })
    .refine((text) => isPossible(text), { error: () => m.filing_error_instant() })
    .optional()
    .transform((text) => (text ?? '').slice(0, 16)),
  locations: limited(1_000_000)
    .refine((text) => linesOf(text).length <= mostLocations, {
      error: () => m.filing_error_locations({ most: String(mostLocations) }),
    })
    .superRefine((text, context) => {
      const wrong = linesOf(text).findIndex((line) => !isLocation(locationOf(line)))
      if (wrong !== -1) context.addIssue({ code: 'custom', message: m.filing_error_location_line({ line: wrong + 1 }) })
    })
    .optional()
    .transform((text) => linesOf(kept(text)).map((line) => locationOf(line))),
  japanGround: z.array(z.enum(japanGrounds)).default([]),
  japanRight: z.array(z.enum(japanRights)).default([]),
  japanFacts: typed(10_000),
  contactEmail: z
    .email({ error: () => m.filing_error_email() })
    .max(254)
    .optional()
    .transform((text) => text ?? ''),
  signal: z.array(z.enum(signals)).default([]),
  signalUrls: addresses(mostSignalUrls, () => m.filing_error_locations({ most: String(mostSignalUrls) })),
  signalSince: z.iso.date({ error: () => m.filing_error_date() }).optional(),
  point: z.array(z.enum(commitmentPoints)).default([]),
  complaintFacts: typed(10_000),
  repeated: z.literal('on').optional(),
  illegality: typed(10_000),
  fairUse: z.literal('on').optional(),
  ukConnection: typed(10_000),
  deadlineOn: z.iso.date({ error: () => m.filing_error_date() }).optional(),
  locale: z.enum(letterLocales),
  paragraph: typed(10_000),
  matterNumber: typed(100),
  capacity: typed(200),
  statement: z.array(z.enum(statementIds)).default([]),
  // The statements that stood on the page when they were ticked.
  shown: z.array(z.enum(statementIds)).default([]),
  signName: typed(200),
})

/** What a step's form came to. */
export type ScopeFormValue = z.infer<typeof scopeForm>
/** What a step's form came to. */
export type BasisFormValue = z.infer<typeof basisForm>

// A line is an address, and after a space whatever names the work, as two columns of a sheet are pasted.
function locationOf(line: string): { url: string; work: string } {
  const [url = '', ...rest] = line.split(' ')
  return { url, work: cutText(rest.join(' '), 500) }
}

// Two addresses on a line are two locations that were pasted side by side, not a location and its work.
function isLocation({ url, work }: { url: string; work: string }): boolean {
  return isWebAddress(url) && !/https?:\/\//iu.test(work)
}

function isPossible(text: string): boolean {
  return !Number.isNaN(Date.parse(`${text.slice(0, 16)}:00Z`))
}

function isWebAddress(text: string): boolean {
  return text.length <= 2_000 && /^https?:\/\/[^\s]+\.[^\s]+$/iu.test(text) && URL.canParse(text)
}

/** The works, measures and stance that a form says; pasted lines are matched elsewhere. Works taken out stay out while the catalogue stays. */
export function scopeChoices(form: ScopeFormValue, before: FilingContent): StepChoices<'scope'> {
  const [catalogueId = null, version] = form.catalogue?.split(':') ?? []
  const same = catalogueId === before.scope.catalogueId
  return {
    scope: {
      kind: form.scope ?? null,
      catalogueId,
      version: version === undefined ? null : Number(version),
      filter: {
        ...(form.text.trim() === '' ? {} : { text: form.text.trim() }),
        ...(form.yearFrom === undefined ? {} : { yearFrom: form.yearFrom }),
        ...(form.yearTo === undefined ? {} : { yearTo: form.yearTo }),
      },
      except: same ? before.scope.except : [],
      workIds: same ? before.scope.workIds : [],
      unmatched: form.pasted,
    },
    measures: measures
      .filter((measure) => form.measure.includes(measure))
      .map((measure) => ({ measure, detail: detailOf(measure, form) })),
    stance: form.stance ?? null,
    priorPermission: form.priorPermission === 'on',
  }
}

function detailOf(measure: (typeof measures)[number], form: ScopeFormValue): string {
  if (measure === 'REMOVE_FROM_DATASETS') return form.source
  return measure === 'FILTER_OUTPUTS' ? form.example : ''
}

/** The bases and the letter's own words that a form says. */
export function basisChoices(form: BasisFormValue): StepChoices<'basis'> {
  return {
    bases: basisIds.filter((basis) => form.basis.includes(basis)),
    particulars: {
      acts: acts.filter((act) => form.act.includes(act)),
      models: form.models,
      rights: form.rights,
      evidence: form.evidence,
      capturedAt: form.capturedAt,
      locations: form.locations,
      japanGrounds: japanGrounds.filter((ground) => form.japanGround.includes(ground)),
      japanRights: japanRights.filter((right) => form.japanRight.includes(right)),
      japanFacts: form.japanFacts,
      contactEmail: form.contactEmail,
      signals: signals.filter((signal) => form.signal.includes(signal)),
      signalUrls: form.signalUrls,
      signalSince: form.signalSince ?? null,
      points: commitmentPoints.filter((point) => form.point.includes(point)),
      complaintFacts: form.complaintFacts,
      repeated: form.repeated === 'on',
      illegality: form.illegality,
      fairUse: form.fairUse === 'on',
      ukConnection: form.ukConnection,
    },
    deadlineOn: form.deadlineOn ?? null,
    locale: form.locale,
    paragraph: form.paragraph,
    matterNumber: form.matterNumber,
    capacity: form.capacity,
  }
}
