import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { isTimeZone } from '#app/accounts/places.ts'
import { m } from '#app/generated/messages/messages.js'

const longText = 50_000
const shortText = 500

const capture = z.object({
  prompt: z.string().optional(),
  output: z.string().optional(),
  product: z.string().optional(),
  model: z.string().optional(),
  version: z.string().optional(),
  /** When the output was taken: an instant, and the zone in which it was said. */
  capturedAt: z.iso.datetime().optional(),
  timeZone: z.string().optional(),
  url: z.string().optional(),
  tool: z.string().optional(),
  capturedBy: z.string().optional(),
  /** A part of the output, and the part of the work that it resembles. */
  outputPassage: z.string().optional(),
  workPassage: z.string().optional(),
})

/** How a piece came about: what was asked of which model, when, and what came out. Only what is known is there. */
export type Capture = z.infer<typeof capture>

/** Reads a capture as the database holds it. */
export function readCapture(stored: unknown): Capture | null {
  return stored === null ? null : capture.parse(stored)
}

/** A capture as plain words, for its hash. */
export function captureWords(said: Capture): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

const text = (most: number) =>
  z
    .string()
    .max(most, { error: () => m.evidence_error_long() })
    .optional()
    .transform((given) => (given === undefined ? '' : tidy(given)))

// Broken characters have no UTF-8 and could not stand in the ledger's hash; a NUL fits into no database.
function tidy(given: string): string {
  return given.toWellFormed().replaceAll('\0', '').replaceAll(/\r\n?/gu, '\n').trim()
}

/** The form of a capture. */
export const captureForm = z
  .object({
    prompt: text(longText),
    output: text(longText),
    product: text(shortText),
    model: text(shortText),
    version: text(shortText),
    capturedOn: z.iso.datetime({ local: true, error: () => m.evidence_error_time() }).optional(),
    timeZone: z
      .string()
      .refine(isTimeZone, { error: () => m.evidence_error_time() })
      .optional(),
    url: text(2_000).refine((given) => given === '' || isWebAddress(given), { error: () => m.evidence_error_url() }),
    tool: text(shortText),
    capturedBy: text(shortText),
    outputPassage: text(longText),
    workPassage: text(longText),
    works: text(20_000),
  })
  .refine(({ capturedOn, timeZone }) => capturedOn === undefined || timeZone !== undefined, {
    path: ['timeZone'],
    error: () => m.evidence_error_zone(),
  })

/** What the form says, once it is read. */
export type CaptureForm = z.infer<typeof captureForm>

/** The capture that a form says; null when it says nothing. */
export function captureOf({ capturedOn, timeZone, works: _works, ...rest }: CaptureForm): Capture | null {
  const known = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''))
  const when =
    capturedOn === undefined || timeZone === undefined ? {} : { capturedAt: instantOf(capturedOn, timeZone), timeZone }
  const said = { ...known, ...when }
  return Object.keys(said).length === 0 ? null : said
}

/** The lines of the form that name works, each once; at most `mostWorksNamed`. */
export function worksNamed({ works }: Pick<CaptureForm, 'works'>): readonly string[] {
  return [...new Set(works.split('\n').map((line) => line.trim()))].filter((line) => line !== '')
}

/** How many works one piece can name. */
export const mostWorksNamed = 100

/** The local time and zone that the form shows for a capture. */
export function localTimeOf({ capturedAt, timeZone }: Capture): string {
  if (capturedAt === undefined) return ''
  return Temporal.Instant.from(capturedAt)
    .toZonedDateTimeISO(timeZone ?? 'UTC')
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
}

// A time that a change of the clocks skips or repeats is read as the calendar standards do: the first of two, moved on over a gap.
function instantOf(local: string, timeZone: string): string {
  return Temporal.PlainDateTime.from(local)
    .toZonedDateTime(timeZone, { disambiguation: 'compatible' })
    .toInstant()
    .toString({ smallestUnit: 'millisecond' })
}

function isWebAddress(given: string): boolean {
  return URL.canParse(given) && ['http:', 'https:'].includes(new URL(given).protocol)
}
