/** A work of the annex. */
export interface AnnexWork {
  readonly title: string
  readonly externalId: string
  readonly year: number | null
}

// In points: what fits under the head of a page, a line of small print, and the air of a row.
const roomOf = { A4: 640, LETTER: 590 } as const
const lineHeight = 14
const rowAir = 7
// How many Latin characters stand on a line of the first and of the second column; others are as wide as two.
const titleWidth = 46
const idWidth = 20

/**
 * The works of an annex page by page, by what their rows will need. The engine is given whole pages, since cutting one long
 * table takes it minutes and ends in numbers that no PDF holds.
 */
export function annexPages(works: readonly AnnexWork[], paper: keyof typeof roomOf): readonly (readonly AnnexWork[])[] {
  const pages: AnnexWork[][] = []
  let left = 0
  for (const work of works) {
    const height = rowAir + lineHeight * Math.max(linesOf(work.title, titleWidth), linesOf(work.externalId, idWidth))
    if (height > left || pages.length === 0) {
      pages.push([])
      // The first page also bears the title.
      left = roomOf[paper] - (pages.length === 1 ? 40 : 0)
    }
    pages.at(-1)?.push(work)
    left -= height
  }
  return pages
}

function linesOf(text: string, width: number): number {
  let columns = 0
  for (const character of text) columns += (character.codePointAt(0) ?? 0) < 0x1100 ? 1 : 2
  return Math.max(1, Math.ceil(columns / width))
}
