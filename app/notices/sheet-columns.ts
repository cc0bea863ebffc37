import { normalText } from '#app/platform/normal-text.ts'
import { z } from 'zod'
import { parseReference } from './reference.ts'

/** The columns of a file of answers, in their order. */
export const sheetFields = [
  'work_id',
  'external_id',
  'title',
  'year',
  'measure',
  'outcome',
  'code',
  'text',
  'effective_on',
] as const

/** One of `sheetFields`. */
export type SheetField = (typeof sheetFields)[number]

/** Where the columns of a file stand, from 0. */
export type SheetColumns = Readonly<Partial<Record<SheetField, number>>>

/** Which answers a file was made from: those of a notice after the line of this number. */
export interface SheetStamp {
  readonly reference: string
  readonly sequence: number
}

/** The headings of a file, as they were understood. */
export interface SheetHead {
  readonly columns: SheetColumns
  /** Undefined where somebody removed the column. */
  readonly stamp: SheetStamp | undefined
  /** What nothing can be read without. */
  readonly lacks: readonly ('work' | 'measure' | 'outcome')[]
}

/** Writes a stamp: the heading of the last column, whose cells are empty, so that it survives whatever is done to the rows. */
export function writeStamp({ reference, sequence }: SheetStamp): string {
  return `${reference}@${sequence}`
}

function readStamp(heading: string): SheetStamp | undefined {
  const [named = '', number = '', ...rest] = normalText(heading, 'NFKC').split('@')
  const parsed = parseReference(named)
  const sequence = z.coerce.number().int().min(1).safeParse(number.trim())
  if (parsed === undefined || !sequence.success || rest.length > 0 || number.trim() === '') return undefined
  return { reference: parsed.reference, sequence: sequence.data }
}

/** A word as names of columns, measures and outcomes are compared: case, width, spaces and underscores make no difference. */
export function foldWord(word: string): string {
  return normalText(word, 'NFKC')
    .toLowerCase()
    .replaceAll(/[\s_\-・]+/gu, '')
}

/**
 * Finds the columns of a file by their headings.
 *
 * @param words folded names of columns, in every language that we write them in
 */
export function readHead(headings: readonly string[], words: ReadonlyMap<string, SheetField>): SheetHead {
  const columns: Partial<Record<SheetField, number>> = {}
  let stamp: SheetStamp | undefined
  for (const [place, heading] of headings.entries()) {
    stamp ??= readStamp(heading)
    const field = words.get(foldWord(heading))
    if (field !== undefined) columns[field] ??= place
  }
  const lacks = [
    ...(columns.work_id === undefined && columns.external_id === undefined ? (['work'] as const) : []),
    ...(columns.measure === undefined ? (['measure'] as const) : []),
    ...(columns.outcome === undefined ? (['outcome'] as const) : []),
  ]
  return { columns, stamp, lacks }
}
