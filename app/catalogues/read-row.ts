import { cleanCell } from './cell-text.ts'
import { isSchemeField, type Field } from './fields.ts'
import { checkIdentifier, type Scheme } from './identifiers.ts'
import type { Fault, Repair } from './identifiers/verdict.ts'
import { readKind } from './kinds.ts'
import { canonicalLocation } from './locations.ts'
import type { Mapping } from './mapping.ts'
import { readParties } from './parties.ts'
import { readDate, readYear } from './release-date.ts'
import { decodeEntities, doubtsAbout, removeLostMarks } from './titles.ts'
import type { Rights, Titles, WorkContent, WorkIdentifier, WorkPlace } from './work-content.ts'

/** Something a person should know about a row that was read all the same. */
export type Warning =
  | { code: 'identifier'; scheme: Scheme; raw: string; because: Fault; repair?: Repair; repaired: boolean }
  | { code: 'date' | 'date-ambiguous' | 'year' | 'location' | 'entities' | 'lost-character'; raw: string }
  | { code: 'hidden-characters' | 'short-row' | 'no-id' }

/** Why a row is not imported. */
export type Reject = 'unreadable' | 'too-many-cells' | 'no-title' | 'id-too-long' | 'repeated-id'

/** A row as a work. Without `externalId` it is known by its content. */
export type RowReading =
  | { read: true; externalId?: string; work: WorkContent; warnings: Warning[] }
  | { read: false; because: Reject; warnings: Warning[] }

// An index entry of PostgreSQL holds some 2,700 bytes; a character may take four.
const longestExternalId = 500

/**
 * Reads one row of a file as a work.
 *
 * @param cells as the file has them; missing ones at the end count as empty
 */
export function readRow(cells: readonly string[], mapping: Mapping): RowReading {
  const row = openRow(cells, mapping)
  const extra = cells.slice(mapping.columns.length).some((cell) => cell.trim() !== '')
  if (extra) return { read: false, because: 'too-many-cells', warnings: row.warnings }
  if (cells.length < mapping.columns.length) row.warnings.push({ code: 'short-row' })
  const titles = readTitles(row)
  const title = titles.main
  if (title === undefined) return { read: false, because: 'no-title', warnings: row.warnings }
  const externalId = row.one('externalId') ?? identityCell(cells, mapping)
  if (externalId !== undefined && externalId.length > longestExternalId) {
    return { read: false, because: 'id-too-long', warnings: row.warnings }
  }
  if (externalId === undefined && hasIdentity(mapping)) row.warnings.push({ code: 'no-id' })
  const work = {
    title,
    titles: titles.others,
    ...readFacts(row),
    identifiers: readIdentifiers(row),
    locations: readLocations(row),
  }
  return { read: true, ...(externalId === undefined ? {} : { externalId }), work, warnings: row.warnings }
}

type Row = {
  mapping: Mapping
  warnings: Warning[]
  one: (field: Field) => string | undefined
  all: (field: Field) => string[]
}

function openRow(cells: readonly string[], mapping: Mapping): Row {
  const byField = new Map<Field, string[]>()
  let hadHidden = false
  for (const [index, { field }] of mapping.columns.entries()) {
    if (field === null) continue
    const cell = cleanCell(cells[index] ?? '')
    hadHidden ||= cell.hadHidden
    if (cell.text !== '') byField.set(field, [...(byField.get(field) ?? []), cell.text])
  }
  const all = (field: Field): string[] => byField.get(field) ?? []
  return { mapping, warnings: hadHidden ? [{ code: 'hidden-characters' }] : [], one: (field) => all(field)[0], all }
}

function identityCell(cells: readonly string[], { identityColumn }: Mapping): string | undefined {
  const text = identityColumn === null ? '' : cleanCell(cells[identityColumn] ?? '').text
  return text === '' ? undefined : text
}

function hasIdentity(mapping: Mapping): boolean {
  return mapping.identityColumn !== null || mapping.columns.some(({ field }) => field === 'externalId')
}

function readTitles(row: Row): { main: string | undefined; others: Titles } {
  const ja = decided(row, row.one('titleJa'))
  const en = decided(row, row.one('titleEn'))
  const given = decided(row, row.one('title'))
  const kana = row.one('titleKana')
  const others = row.all('alternateTitles').flatMap(splitTitles).map(decodedOrKept(row))
  const main = given ?? ja ?? en
  const distinct = [...new Set(others)].filter((title) => title !== main)
  return {
    main,
    others: {
      ...(ja === undefined ? {} : { ja }),
      ...(en === undefined ? {} : { en }),
      ...(kana === undefined ? {} : { kana }),
      ...(distinct.length === 0 ? {} : { others: distinct }),
    },
  }
}

// A doubt is told once for each title; what was decided about it is done here and nowhere else.
function decided(row: Row, title: string | undefined): string | undefined {
  if (title === undefined) return undefined
  const { entities, marks } = row.mapping.decisions
  const doubts = doubtsAbout(title)
  row.warnings.push(...doubts.map((code) => ({ code, raw: title })))
  const decoded = entities === 'decode' ? decodeEntities(title) : title
  const result = marks === 'remove' ? removeLostMarks(decoded) : decoded
  return result === '' ? title : result
}

function decodedOrKept(row: Row): (title: string) => string {
  return (title) => (row.mapping.decisions.entities === 'decode' ? decodeEntities(title) : title)
}

// Titles hold commas before a space and inside numbers; a comma that touches the next title parts a list.
function splitTitles(cell: string): string[] {
  const parts = cell.split(/[／|;；]|(?<!\d),(?=\S)|,(?=[^\s\d])/u)
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

function readFacts(row: Row): Pick<WorkContent, 'kind' | 'creators' | 'year' | 'released' | 'rights'> {
  const kind = readKind(row.one('kind') ?? row.mapping.kind ?? '')
  const dates = readDates(row)
  const credits = row.all('credits').flatMap(readParties)
  const named = [...row.all('creators'), ...(row.all('creators').length === 0 ? credits.map(({ name }) => name) : [])]
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(named.length === 0 ? {} : { creators: [...new Set(named)].join(', ') }),
    ...(dates.year === undefined ? {} : { year: dates.year }),
    ...(dates.released === undefined ? {} : { released: dates.released }),
    rights: readRights(row, credits, dates.asWritten),
  }
}

function readRights(row: Row, credits: Rights['credits'], dateAsWritten: string | undefined): Rights {
  const parties = row.all('parties').flatMap(readParties)
  const holder = row.all('rightsHolder').join(' ／ ')
  const distributor = row.one('distributor')
  return {
    ...(holder === '' ? {} : { holder }),
    ...(parties.length === 0 ? {} : { parties }),
    ...(credits === undefined || credits.length === 0 ? {} : { credits }),
    ...(distributor === undefined ? {} : { distributor }),
    ...(dateAsWritten === undefined ? {} : { dateAsWritten }),
  }
}

function readDates(row: Row): { year?: number; released?: NonNullable<WorkContent['released']>; asWritten?: string } {
  const rawDate = row.one('released')
  const rawYear = row.one('year')
  const reading = rawDate === undefined ? undefined : readDate(rawDate)
  const year = rawYear === undefined ? undefined : readYear(rawYear)
  if (rawYear !== undefined && year === undefined) row.warnings.push({ code: 'year', raw: rawYear })
  if (rawDate === undefined || reading === undefined) return year === undefined ? {} : { year }
  if (reading.read === 'not') {
    row.warnings.push({ code: 'date', raw: rawDate })
    return { ...(year === undefined ? {} : { year }), asWritten: rawDate }
  }
  if (reading.read === 'ambiguous') row.warnings.push({ code: 'date-ambiguous', raw: rawDate })
  return {
    year: year ?? Number(reading.date.on.slice(0, 4)),
    released: reading.date,
    ...(reading.read === 'ambiguous' ? { asWritten: rawDate } : {}),
  }
}

function readIdentifiers(row: Row): WorkIdentifier[] {
  const found = new Map<string, WorkIdentifier>()
  const schemes = new Set(
    row.mapping.columns.flatMap(({ field }) => (field !== null && isSchemeField(field) ? [field] : [])),
  )
  for (const field of schemes) {
    for (const raw of row.all(field).flatMap((cell) => splitIdentifiers(field, cell))) {
      const identifier = readIdentifier(row, field, raw)
      const key = `${field} ${identifier.value}`
      if (!found.has(key)) found.set(key, identifier)
    }
  }
  return [...found.values()]
}

function readIdentifier(row: Row, scheme: Scheme, raw: string): WorkIdentifier {
  const verdict = checkIdentifier(scheme, raw)
  if (verdict.valid) return { scheme, value: verdict.value, raw, valid: true }
  const repair = row.mapping.decisions.identifiers === 'repair' ? verdict.repair : undefined
  const isKnown = row.warnings.some(
    (warning) => warning.code === 'identifier' && warning.scheme === scheme && warning.raw === raw,
  )
  if (!isKnown)
    row.warnings.push({
      code: 'identifier',
      scheme,
      raw,
      because: verdict.because,
      ...(verdict.repair ? { repair: verdict.repair } : {}),
      repaired: repair !== undefined,
    })
  return repair === undefined
    ? { scheme, value: raw, raw, valid: false }
    : { scheme, value: repair.value, raw, valid: true }
}

// A DOI may hold any of these signs; every other scheme is plain letters and digits, so a list can be told.
function splitIdentifiers(scheme: Scheme, cell: string): string[] {
  const parts = scheme === 'doi' ? cell.split(/\s+/u) : cell.split(/[,、;；|／]|\s\/\s/u)
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

function readLocations(row: Row): WorkPlace[] {
  const found = new Map<string, WorkPlace>()
  for (const raw of row.all('location').flatMap((cell) => cell.split(/(?<![\s,、|])[\s,、|]+(?=https?:)/iu))) {
    if (raw === '') continue
    const location = canonicalLocation(raw)
    if (location === undefined) row.warnings.push({ code: 'location', raw })
    else if (!found.has(location.key)) found.set(location.key, location)
  }
  return [...found.values()]
}
