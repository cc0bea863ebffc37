import { m } from '#app/generated/messages/messages.js'

/** Why an import did not end: its code is kept, its words are the reader's. */
export const importFailures = {
  outage: () => m.catalogues_failure_outage(),
  'not-allowed': () => m.catalogues_failure_not_allowed(),
  'no-title': () => m.catalogues_failure_no_title(),
  encrypted: () => m.catalogues_file_encrypted(),
  xlsb: () => m.catalogues_file_xlsb(),
  ods: () => m.catalogues_file_ods(),
  'no-sheets': () => m.catalogues_file_no_sheets(),
  'damaged-workbook': () => m.catalogues_file_damaged(),
  'too-large-inside': () => m.catalogues_file_too_large_inside(),
  'unsafe-workbook': () => m.catalogues_file_unsafe(),
  'too-many-rows': () => m.catalogues_file_too_many_rows(),
} as const

/** The code of a failure. */
export type ImportFailure = keyof typeof importFailures

/** The sentence for a failure that was kept. */
export function wordsForFailure(code: string | null): string {
  const known = Object.entries(importFailures).find(([name]) => name === code)
  return known === undefined ? m.catalogues_failure_outage() : known[1]()
}
