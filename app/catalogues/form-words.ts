import { m } from '#app/generated/messages/messages.js'
import type { Separator } from './formats/separator.ts'
import type { TextEncoding } from './formats/text-encoding.ts'

/** Names of encodings, the same in every language. */
export const encodingWords = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  shift_jis: 'Shift_JIS',
  'euc-jp': 'EUC-JP',
  'iso-2022-jp': 'ISO-2022-JP',
  'windows-1252': 'Windows-1252',
} as const satisfies Record<TextEncoding, string>

/** What parts the cells of a row. */
export const separatorWords = {
  ',': () => m.catalogues_separator_comma(),
  '\t': () => m.catalogues_separator_tab(),
  ';': () => m.catalogues_separator_semicolon(),
  '|': () => m.catalogues_separator_bar(),
} as const satisfies Record<Separator, () => string>
