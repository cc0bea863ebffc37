import { cleanCell } from './cell-text.ts'

const longestName = 200

/** A file's name as it may be shown and kept: without folders and invisible characters, at most 200 characters. */
export function plainFileName(given: string): string {
  const name = cleanCell(given.split(/[/\\]/u).at(-1) ?? '').text
  return name === '' ? 'import.csv' : name.slice(-longestName)
}
