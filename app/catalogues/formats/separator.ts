/** The signs that part the cells of a row. */
export const separators = [',', '\t', ';', '|'] as const

/** One of `separators`. */
export type Separator = (typeof separators)[number]

/**
 * The separator of a file: the one that parts its first rows into the same number of cells, and into most.
 *
 * @param text the beginning of the file; a row that is cut at its end is left out
 */
export function guessSeparator(text: string): Separator {
  const scored = separators.map((separator) => ({ separator, score: score(text, separator) }))
  const [best] = scored.toSorted((a, b) => b.score - a.score)
  return best === undefined || best.score === 0 ? ',' : best.separator
}

function score(text: string, separator: Separator): number {
  const counts = cellsPerRow(text, separator)
  const first = counts[0] ?? 1
  if (first < 2) return 0
  const alike = counts.filter((cells) => cells === first).length
  return (alike / counts.length) * Math.log2(first + 1)
}

function cellsPerRow(text: string, separator: Separator): number[] {
  const counts: number[] = []
  let cells = 1
  let isQuoted = false
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted
    else if (!isQuoted && character === separator) cells += 1
    else if (!isQuoted && (character === '\n' || character === '\r')) {
      if (cells > 1 || character === '\n') counts.push(cells)
      cells = 1
      if (counts.length === 100) break
    }
  }
  return counts.length === 0 ? [cells] : counts
}
