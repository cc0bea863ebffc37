import type { LetterPdf } from './letter-pdf.tsx'
import type { Letter, Run } from './letter.ts'
import type { PdfTable } from './pdf-table.tsx'

/** Stands for a character that the font lacks: the mark that Japanese printers set for a missing type. */
const missing = '〓'
// Joiners, selectors and marks of direction draw nothing themselves.
const silent = /[\p{Cf}\p{Cc}\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu

/** The same paper with every character that the font cannot draw replaced by its mark, and a note under the page if there is one. */
export function drawable(given: LetterPdf, hasGlyph: (code: number) => boolean): LetterPdf {
  let lacks = false
  const shown = (text: string): string =>
    Array.from(text.replaceAll(silent, ''), (character) => {
      if (hasGlyph(character.codePointAt(0) ?? 0)) return character
      lacks = true
      return missing
    }).join('')
  const run = (each: Run): Run => ({ ...each, text: shown(each.text) })
  const letter: Letter = { ...given.letter, blocks: given.letter.blocks.map((block) => drawableBlock(block, run)) }
  const { annex, footer } = given
  const works = annex.works.map((work) => ({
    ...work,
    title: shown(work.title),
    externalId: shown(work.externalId),
  }))
  const reference = shown(footer.reference)
  const tables = given.tables?.map((table) => drawableTable(table, shown))
  return {
    ...given,
    letter,
    ...(tables !== undefined && { tables }),
    annex: { ...annex, works },
    footer: { ...footer, reference, note: lacks ? footer.note : '' },
  }
}

function drawableTable(table: PdfTable, shown: (text: string) => string): PdfTable {
  return {
    ...table,
    rows: table.rows.map((row) => row.map(shown)),
    bars: table.bars.map((bar) => ({ ...bar, label: shown(bar.label) })),
  }
}

function drawableBlock(block: Letter['blocks'][number], run: (each: Run) => Run): Letter['blocks'][number] {
  if (block.type === 'list') return { ...block, items: block.items.map((item) => item.map(run)) }
  if (block.type === 'facts')
    return { ...block, rows: block.rows.map((row) => ({ ...row, value: row.value.map(run) })) }
  return { ...block, lines: block.lines.map((line) => line.map(run)) }
}
