import { m } from '#app/generated/messages/messages.js'
import { withLocale } from '#app/platform/locale.server.ts'
import { measures } from './measures.ts'
import { outcomes, refusalCodes } from './outcomes.ts'
import { foldWord, sheetFields, type SheetField } from './sheet-columns.ts'
import type { SheetWords } from './sheet-rows.ts'
import { codeWords, measureWords, outcomeWords } from './wording.ts'

/** Names a column, in the reader's language. */
export const fieldWords = {
  work_id: () => m.sheets_column_work_id(),
  external_id: () => m.sheets_column_external_id(),
  title: () => m.sheets_column_title(),
  year: () => m.sheets_column_year(),
  measure: () => m.sheets_column_measure(),
  outcome: () => m.sheets_column_outcome(),
  code: () => m.sheets_column_code(),
  text: () => m.sheets_column_text(),
  effective_on: () => m.sheets_column_effective_on(),
} satisfies Record<SheetField, () => string>

/** How columns, measures, outcomes and reasons may be written in a file: by their code, or by their name in either language. */
export function sheetWords(): SheetWords {
  return {
    fields: named(sheetFields, fieldWords),
    measures: named(measures, measureWords),
    outcomes: named(outcomes, outcomeWords),
    codes: named(refusalCodes, codeWords),
  }
}

function named<Key extends string>(
  keys: readonly Key[],
  words: Readonly<Record<Key, () => string>>,
): ReadonlyMap<string, Key> {
  const names = (['en', 'ja'] as const).flatMap((locale) =>
    withLocale(locale, () => keys.map((key): [string, Key] => [foldWord(words[key]()), key])),
  )
  // A code is nobody's name: it wins.
  return new Map([...names, ...keys.map((key): [string, Key] => [foldWord(key), key])])
}
