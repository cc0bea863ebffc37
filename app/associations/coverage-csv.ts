import { csvLine } from '#app/catalogues/cell-text.ts'
import { m } from '#app/generated/messages/messages.js'
import { nameIn } from '#app/ui/language-of.ts'
import type { Arranged } from './arranged-coverage.ts'
import { decidedOf, standingOf } from './coverage.ts'
import { standingWords } from './standing-words.ts'

/**
 * The matrix as a CSV file, one line a cell. UTF-8 with its mark, since spreadsheets ask for one; what begins like a
 * formula is neutralised.
 */
export function coverageCsv({ vendors, rows }: Arranged, locale: 'en' | 'ja'): string {
  const lines = rows.flatMap(({ member, cells }) =>
    vendors.flatMap((vendor, place) => {
      const cell = cells[place] ?? null
      if (cell === null) return []
      const names = [nameIn(locale, member.name, member.nameOther), nameIn(locale, vendor.name, vendor.nameOther)]
      if (cell.kind !== 'filed')
        return [csvLine([...names, ...sumless, cell.kind === 'unfiled' ? m.matrix_unfiled() : m.matrix_no_mandate()])]
      const { figures } = cell
      const { notices, works, acknowledged, late, undeliverable, question } = figures
      const sums = [notices, works, acknowledged, late, undeliverable, question, decidedOf(figures)]
      return [csvLine([...names, ...sums, standingWords[standingOf(figures).standing]()])]
    }),
  )
  return `\uFEFF${csvLine(heads())}${lines.join('')}`
}

const sumless = ['', '', '', '', '', '', '']

function heads(): readonly string[] {
  return [
    m.matrix_member(),
    m.matrix_csv_vendor(),
    m.matrix_csv_notices(),
    m.matrix_csv_works(),
    m.matrix_csv_acknowledged(),
    m.matrix_csv_overdue(),
    m.matrix_csv_bounced(),
    m.matrix_csv_question(),
    m.matrix_csv_decided(),
    m.matrix_csv_state(),
  ]
}
