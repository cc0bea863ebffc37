import type { Separator } from './separator.ts'
import type { TextEncoding } from './text-encoding.ts'

/** How the text of a file is written. */
type TextForm = { encoding: TextEncoding; separator: Separator }

/** Which sheet of a workbook is read. */
export type SheetForm = { sheet: string }

/** How a file of rows is written: text, or a sheet of a workbook. */
export type TableForm = TextForm | SheetForm
