/** A file with more columns is no catalogue and no list of answers: it is refused by its first row, before the rest is read. */
export const mostColumns = 500

/**
 * The headings of a file made usable: trimmed, blank ones numbered, repeated ones told apart. `word` says *Column* in
 * the reader's language.
 */
export function usableHeadings(cells: readonly string[], word = 'Column'): string[] {
  const seen = new Map<string, number>()
  return cells.map((cell, index) => {
    const heading = cell.replaceAll('\0', '\uFFFD').replaceAll(/\s+/gu, ' ').trim() || `${word} ${index + 1}`
    const times = (seen.get(heading) ?? 0) + 1
    seen.set(heading, times)
    return times === 1 ? heading : `${heading} (${times})`
  })
}
