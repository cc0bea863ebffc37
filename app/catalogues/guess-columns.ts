import { fields, isSchemeField, takesManyColumns, type Field } from './fields.ts'
import { foldText } from './fold-text.ts'
import { doubtfulIds, doubtfulLocations, headerWords } from './header-words.ts'

/** One column of a file as a first reading found it. `distinct` counts different cells among those that are filled. */
export type ColumnProfile = {
  header: string
  sample: string
  filled: number
  empty: number
  distinct: number
  /** Whether every filled cell is short, without spaces, and holds a digit. */
  idLike: boolean
}

/** A field for each column, `null` for a column that is not imported. */
export type ColumnFields = readonly (Field | null)[]

/** A heading without case, width, kana, spaces and signs, as `headerWords` has them. */
export function foldHeading(header: string): string {
  return foldText(header).replaceAll(/[^\p{L}\p{N}©]/gu, '')
}

/** Guesses what each column is, from its heading in English or Japanese and, where a heading is not enough, its cells. */
export function guessColumns(columns: readonly ColumnProfile[]): ColumnFields {
  const guesses = columns.map((column) => guessByHeading(column))
  const chosen: (Field | null)[] = columns.map(() => null)
  for (const field of fields) {
    const candidates = guesses.flatMap((guess, index) => (guess?.field === field ? [{ index, rank: guess.rank }] : []))
    const wanted = takesManyColumns(field) ? candidates : candidates.toSorted((a, b) => a.rank - b.rank).slice(0, 1)
    for (const { index } of wanted) chosen[index] = field
  }
  return withDoubtful(columns, chosen)
}

/** Whether a column could tell the rows of its file apart: no cell is empty, none repeats, all are short codes. */
export function isUniqueId(column: ColumnProfile): boolean {
  return column.filled > 0 && column.empty === 0 && column.distinct === column.filled && column.idLike
}

function guessByHeading({ header }: ColumnProfile): { field: Field; rank: number } | undefined {
  const heading = foldHeading(header)
  for (const field of fields) {
    const rank = headerWords[field]?.indexOf(heading) ?? -1
    if (rank !== -1) return { field, rank }
    if (isSchemeField(field) && isSchemeHeading(heading, field)) return { field, rank: 0 }
  }
  return undefined
}

function isSchemeHeading(heading: string, scheme: string): boolean {
  return new RegExp(`^(?:identifier)?${scheme}(?:id|code|number|no|こーど|番号|s)?$`, 'u').test(heading)
}

function withDoubtful(columns: readonly ColumnProfile[], chosen: readonly (Field | null)[]): ColumnFields {
  const result = [...chosen]
  if (!result.includes('externalId')) {
    const index = columns.findIndex((column, at) => result[at] === null && isDoubtfulId(column))
    if (index !== -1) result[index] = 'externalId'
  }
  if (!result.some((field) => field === 'title' || field === 'titleJa' || field === 'titleEn')) {
    const index = columns.findIndex(
      ({ header }, at) => result[at] === null && /title|たいとる|作品名|題/u.test(foldHeading(header)),
    )
    if (index !== -1) result[index] = 'title'
  }
  return result.map((field, index) => field ?? (isDoubtfulLocation(columns[index]) ? 'location' : null))
}

function isDoubtfulId(column: ColumnProfile): boolean {
  return doubtfulIds.test(foldHeading(column.header)) && isUniqueId(column)
}

// A placeholder picture stands in many rows; a picture of the work in one.
function isDoubtfulLocation(column: ColumnProfile | undefined): boolean {
  if (column === undefined || !doubtfulLocations.includes(foldHeading(column.header))) return false
  return column.filled > 0 && column.distinct >= column.filled * 0.99
}
