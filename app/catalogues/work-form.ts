import { normalText } from '#app/platform/normal-text.ts'
import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { cleanCell } from './cell-text.ts'
import { faultWords } from './fault-words.ts'
import { checkIdentifier, identifierSchemes, isScheme } from './identifiers.ts'
import { canonicalLocation } from './locations.ts'
import { readParties, type Party } from './parties.ts'
import { readDate } from './release-date.ts'
import type { WorkContent, WorkIdentifier, WorkPlace } from './work-content.ts'
import { dateTextOf, type WorkRow } from './work-row.ts'

const longText = 20_000
const text = () => z.string().trim().max(longText).optional()
const oneLine = () => text().transform((value) => (value === undefined ? undefined : cleanCell(value).text))

/**
 * Adding or editing a work by hand. Lists stand one on each line.
 *
 * @param before the work that is edited: identifiers it has already stay as they are, valid or not
 */
export function workFormFor(before: WorkRow | null) {
  const kept = new Map((before?.identifiers ?? []).map((identifier) => [identifierLine(identifier), identifier]))
  return z.object({
    title: z
      .string({ error: () => m.catalogues_edit_title_empty() })
      .max(longText)
      .transform((value) => cleanCell(value).text)
      .pipe(z.string().min(1, { error: () => m.catalogues_edit_title_empty() })),
    titleJa: oneLine(),
    titleEn: oneLine(),
    titleKana: oneLine(),
    others: text(),
    externalId: z
      .string()
      .trim()
      .max(500, { error: () => m.catalogues_edit_external_id_long() })
      .optional(),
    kind: z.string().trim().max(60).optional(),
    released: z
      .string()
      .trim()
      .refine((value) => readDate(value).read === 'sure', { error: () => m.catalogues_edit_released_invalid() })
      .optional(),
    creators: oneLine(),
    holder: oneLine(),
    parties: text(),
    credits: text(),
    distributor: oneLine(),
    identifiers: text().transform((value, context) =>
      readIdentifierLines(value, kept, (message) => context.addIssue(message)),
    ),
    locations: text().transform((value, context) => readLocationLines(value, (message) => context.addIssue(message))),
    /** The version from which the form's values are; another one means somebody was faster. */
    basedOn: z.coerce.number().int().optional(),
  })
}

/** What a form of `workFormFor` holds. */
export type WorkForm = z.output<ReturnType<typeof workFormFor>>
/** What a browser sends of it. */
export type WorkFormInput = Record<keyof WorkForm, string>

/** The work that a form describes. `before` is the work as it was, whose date holds where the form's date did not change. */
export function contentOf(form: WorkForm, before: WorkRow | null): WorkContent {
  const dates = before !== null && form.released === dateTextOf(before) ? keptDates(before) : newDates(form.released)
  return {
    title: form.title,
    titles: {
      ...(form.titleJa ? { ja: form.titleJa } : {}),
      ...(form.titleEn ? { en: form.titleEn } : {}),
      ...(form.titleKana ? { kana: form.titleKana } : {}),
      ...(form.others ? { others: linesOf(form.others) } : {}),
    },
    ...(form.kind ? { kind: form.kind } : {}),
    ...(form.creators ? { creators: form.creators } : {}),
    ...dates,
    rights: {
      ...(form.holder ? { holder: form.holder } : {}),
      ...withParties('parties', form.parties),
      ...withParties('credits', form.credits),
      ...(form.distributor ? { distributor: form.distributor } : {}),
      ...(before?.rights.dateAsWritten === undefined ? {} : { dateAsWritten: before.rights.dateAsWritten }),
    },
    identifiers: form.identifiers,
    locations: form.locations,
  }
}

/** A work as the values of its form. */
export function formValuesOf(work: WorkRow): Partial<WorkFormInput> {
  const { titles, rights } = work
  return {
    title: work.title,
    titleJa: titles.ja ?? '',
    titleEn: titles.en ?? '',
    titleKana: titles.kana ?? '',
    others: (titles.others ?? []).join('\n'),
    kind: work.kind ?? '',
    released: dateTextOf(work) ?? '',
    creators: work.creators ?? '',
    holder: rights.holder ?? '',
    parties: (rights.parties ?? []).map(partyLine).join('\n'),
    credits: (rights.credits ?? []).map(partyLine).join('\n'),
    distributor: rights.distributor ?? '',
    identifiers: work.identifiers.map(identifierLine).join('\n'),
    locations: work.locations.map(({ kind, url }) => (kind === 'prefix' ? `${url}*` : url)).join('\n'),
    basedOn: String(work.validFrom),
  }
}

function keptDates({ year, releasedOn, releasedPrecision }: WorkRow): Pick<WorkContent, 'year' | 'released'> {
  return {
    ...(year === null ? {} : { year }),
    ...(releasedOn === null ? {} : { released: { on: releasedOn, precision: releasedPrecision ?? 'day' } }),
  }
}

function newDates(written: string | undefined): Pick<WorkContent, 'year' | 'released'> {
  const reading = written === undefined ? undefined : readDate(written)
  if (reading === undefined || reading.read === 'not') return {}
  return { year: Number(reading.date.on.slice(0, 4)), released: reading.date }
}

function withParties<Name extends 'parties' | 'credits'>(
  name: Name,
  written: string | undefined,
): { [Key in Name]?: Party[] } {
  // The role of a line is its own: in a form, unlike in a cell, it does not go on to the next.
  const parties = linesOf(written ?? '').flatMap((line) => readParties(line))
  const result: { [Key in Name]?: Party[] } = {}
  if (parties.length > 0) result[name] = parties
  return result
}

function partyLine({ name, role }: { name: string; role?: string | undefined }): string {
  return role === undefined ? name : `[${role}]${name}`
}

function identifierLine({ scheme, raw }: WorkIdentifier): string {
  return `${identifierSchemes[scheme].name} ${raw}`
}

type Complain = (issue: { code: 'custom'; message: string }) => void

function readIdentifierLines(
  value: string | undefined,
  kept: ReadonlyMap<string, WorkIdentifier>,
  complain: Complain,
): WorkIdentifier[] {
  const found = new Map<string, WorkIdentifier>()
  for (const [index, line] of linesOf(value ?? '').entries()) {
    const identifier = kept.get(line) ?? readIdentifierLine(line, index + 1, complain)
    if (identifier !== undefined) found.set(`${identifier.scheme} ${identifier.value}`, identifier)
  }
  return [...found.values()]
}

function readIdentifierLine(line: string, number: number, complain: Complain): WorkIdentifier | undefined {
  const [, word = '', raw = ''] = /^(\p{L}+)[\s:：]+(?![\s:：])(.+)$/u.exec(line) ?? []
  const scheme = normalText(word, 'NFKC').toLowerCase()
  if (!isScheme(scheme)) {
    const schemes = Object.values(identifierSchemes)
      .map(({ name }) => name)
      .join(', ')
    complain({ code: 'custom', message: m.catalogues_edit_identifier_scheme({ line: number, schemes }) })
    return undefined
  }
  const verdict = checkIdentifier(scheme, raw)
  if (verdict.valid) return { scheme, value: verdict.value, raw, valid: true }
  const fault = faultWords[verdict.because]()
  const message =
    verdict.repair === undefined
      ? m.catalogues_edit_identifier_invalid({ line: number, fault })
      : m.catalogues_edit_identifier_offer({ line: number, fault, value: verdict.repair.value })
  complain({ code: 'custom', message })
  return undefined
}

function readLocationLines(value: string | undefined, complain: Complain): WorkPlace[] {
  const found = new Map<string, WorkPlace>()
  for (const [index, line] of linesOf(value ?? '').entries()) {
    const location = canonicalLocation(line)
    if (location === undefined)
      complain({ code: 'custom', message: m.catalogues_edit_location_invalid({ line: index + 1 }) })
    else found.set(location.key, location)
  }
  return [...found.values()]
}

function linesOf(value: string): string[] {
  return value
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
