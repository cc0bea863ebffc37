import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import type { FileFault } from './describe-file.server.ts'
import { mostColumns } from './formats/headings.ts'

const words = {
  empty: () => m.catalogues_file_empty(),
  ods: () => m.catalogues_file_ods(),
  encrypted: () => m.catalogues_file_encrypted(),
  xlsb: () => m.catalogues_file_xlsb(),
  'no-sheets': () => m.catalogues_file_no_sheets(),
  'damaged-workbook': () => m.catalogues_file_damaged(),
  'too-large-inside': () => m.catalogues_file_too_large_inside(),
  'unsafe-workbook': () => m.catalogues_file_unsafe(),
  'too-many-rows': () => m.catalogues_file_too_many_rows(),
  xls: () => m.catalogues_file_xls(),
  zip: () => m.catalogues_file_zip(),
  pdf: () => m.catalogues_file_pdf(),
  image: () => m.catalogues_file_image(),
  xml: () => m.catalogues_file_xml(),
  json: () => m.catalogues_file_json(),
  binary: () => m.catalogues_file_binary(),
  'too-many-columns': () => m.catalogues_file_too_many_columns({ most: formatNumber(mostColumns) }),
  'no-headings': () => m.catalogues_file_no_headings(),
  'too-large': () => m.catalogues_upload_too_large(),
} as const satisfies Record<FileFault | 'too-large', () => string>

/** Why a file cannot be imported, and what to do instead. */
export function wordsForFileFault(because: FileFault | 'too-large'): string {
  return words[because]()
}
