import { z } from 'zod'
import { foldText } from '#app/catalogues/fold-text.ts'
import { answerSchema, faultsOf, type AnswerFault } from './answers.ts'
import { mayAnswer, type Measure } from './measures.ts'
import { outcomeRules, type Outcome, type OutcomeRule, type RefusalCode } from './outcomes.ts'
import { foldWord, type SheetColumns, type SheetField } from './sheet-columns.ts'
import { readDay } from './sheet-dates.ts'

/** Why a row of a file is not recorded. The last four are found when it is held against the answers as they are. */
export const rowFaults = [
  'broken-row',
  'no-work',
  'no-measure',
  'unknown-measure',
  'not-asked',
  'no-outcome',
  'unknown-outcome',
  'set-by-step',
  'not-for-this-measure',
  'unknown-code',
  'missing-code',
  'missing-text',
  'missing-date',
  'unreadable-date',
  'ambiguous-date',
  'long-text',
  'unreadable-text',
  'unknown-work',
  'other-work',
  'answered-twice',
  'withdrawn-work',
] as const

/** One of `rowFaults`. */
export type RowFault = (typeof rowFaults)[number]

/** A row of a file as it was read; the fault is that of the row by itself. */
export interface ReadRow {
  readonly line: number
  readonly namedWork: string | null
  readonly externalId: string | null
  readonly title: string | null
  readonly foldedTitle: string | null
  readonly measure: Measure | null
  readonly outcome: Outcome | null
  readonly code: RefusalCode | null
  readonly text: string | null
  readonly effectiveOn: string | null
  readonly fault: RowFault | null
  /** The words of the row that are wrong. */
  readonly detail: string | null
}

/** Every way to write a thing, folded, and the thing. */
export interface SheetWords {
  readonly fields: ReadonlyMap<string, SheetField>
  readonly measures: ReadonlyMap<string, Measure>
  readonly outcomes: ReadonlyMap<string, Outcome>
  readonly codes: ReadonlyMap<string, RefusalCode>
}

/** What a row is read with: where its columns are, what the notice asks, how things are called. */
export interface RowReading {
  readonly columns: SheetColumns
  readonly asked: readonly Measure[]
  readonly words: Omit<SheetWords, 'fields'>
}

const longestCell = 300
const nothing = { measure: null, outcome: null, code: null, text: null, effectiveOn: null, fault: null, detail: null }
const unread = { namedWork: null, externalId: null, title: null, foldedTitle: null, ...nothing }

/** A row that could not be parted into its cells. */
export function brokenRow(line: number): ReadRow {
  return { line, ...unread, fault: 'broken-row' }
}

/** Reads one row: which work and measure it names, and the answer, by the rules of answers that are typed. */
export function readSheetRow(line: number, cells: readonly string[], reading: RowReading): ReadRow {
  const at = (field: SheetField): string => cellText(cells[reading.columns[field] ?? -1] ?? '')
  const workId = at('work_id').toLowerCase()
  const named = { externalId: short(at('external_id')), title: short(at('title')) }
  const foldedTitle = named.title === null ? null : short(foldText(named.title))
  const isId = z.uuid().safeParse(workId).success
  const row = { line, namedWork: isId ? workId : null, ...named, foldedTitle }
  if (workId === '' && named.externalId === null) return { ...row, ...nothing, fault: 'no-work' }
  const asked = measureOf(at('measure'), reading)
  if (workId !== '' && !isId) return { ...row, ...nothing, ...asked, fault: 'unknown-work', detail: short(workId) }
  if (asked.measure === null || asked.fault !== null) return { ...row, ...nothing, ...asked }
  const text = plainText(cells[reading.columns.text ?? -1] ?? '')
  const typed = { outcome: at('outcome'), code: at('code'), text, date: at('effective_on') }
  return { ...row, ...nothing, ...asked, ...answerOf(asked.measure, typed, reading.words) }
}

type Named = Pick<ReadRow, 'measure' | 'fault' | 'detail'>

function measureOf(typed: string, { asked, words }: RowReading): Named {
  if (typed === '') return { measure: null, fault: 'no-measure', detail: null }
  const measure = words.measures.get(foldWord(typed))
  if (measure === undefined) return { measure: null, fault: 'unknown-measure', detail: short(typed) }
  return { measure, fault: asked.includes(measure) ? null : 'not-asked', detail: null }
}

type Typed = { outcome: string; code: string; text: string; date: string }
type Read = Partial<Pick<ReadRow, 'outcome' | 'code' | 'text' | 'effectiveOn' | 'fault' | 'detail'>>

const missing = {
  outcome: 'no-outcome',
  code: 'missing-code',
  text: 'missing-text',
  effectiveOn: 'missing-date',
} as const satisfies Record<AnswerFault['field'], RowFault>

function answerOf(measure: Measure, typed: Typed, words: RowReading['words']): Read {
  if (typed.outcome === '') return typed.code + typed.text + typed.date === '' ? {} : { fault: 'no-outcome' }
  const outcome = words.outcomes.get(foldWord(typed.outcome))
  if (outcome === undefined) return { fault: 'unknown-outcome', detail: short(typed.outcome) }
  const { needs, by }: OutcomeRule = outcomeRules[outcome]
  if (typed.text.length > 5_000) return { fault: 'long-text' }
  if (!typed.text.isWellFormed() || typed.text.includes('\0')) return { fault: 'unreadable-text' }
  const text = typed.text === '' ? null : typed.text
  // It may be the answer that stands: only then it is no fault.
  if (by !== undefined) return { outcome, text, fault: 'set-by-step', detail: outcome }
  if (!mayAnswer(measure, outcome)) return { outcome, text, fault: 'not-for-this-measure', detail: outcome }
  const code = needs === 'code_and_text' ? words.codes.get(foldWord(typed.code)) : undefined
  if (needs === 'code_and_text' && typed.code !== '' && code === undefined)
    return { fault: 'unknown-code', detail: short(typed.code) }
  const date = needs === 'date' && typed.date !== '' ? readDay(typed.date) : undefined
  if (date !== undefined && 'because' in date) return { fault: date.because, detail: short(typed.date) }
  const answer = answerSchema.parse({
    outcome,
    ...(code === undefined ? {} : { code }),
    ...(text === null ? {} : { text }),
    ...(date === undefined ? {} : { effectiveOn: date.day }),
  })
  const [fault] = faultsOf([measure], answer)
  const effectiveOn = date?.day ?? null
  return { outcome, code: code ?? null, text, effectiveOn, fault: fault === undefined ? null : missing[fault.field] }
}

function cellText(cell: string): string {
  return withoutGuard(cell.toWellFormed().replaceAll('\0', '').replaceAll(/\s+/gu, ' ').trim())
}

// Line breaks within a text are kept, in one way of writing them.
function plainText(cell: string): string {
  return withoutGuard(cell.replaceAll(/\r\n?/gu, '\n').trim())
}

// Files that we write guard what begins like a formula with an apostrophe.
function withoutGuard(text: string): string {
  return text.replace(/^'(?=\s*[=+\-@＝＋－＠])/u, '')
}

function short(text: string): string | null {
  return text === '' ? null : text.slice(0, longestCell).toWellFormed()
}
