import type { LetterLocale } from '#app/notices/legal-bases/basis.ts'
import { m } from '#app/generated/messages/messages.js'
import type { LetterPdf } from '#app/notices/letter-pdf.tsx'
import { kindWords } from '#app/notices/wording.ts'
import { formatDay, formatMonth, formatNumber } from '#app/ui/format.ts'
import { totalOf, type Report, type ReportQuery } from './report.ts'
import { sectionsOf } from './report-sections.ts'

interface Given {
  readonly report: Report
  readonly query: ReportQuery
  /** The organisation's name in the language of the report. */
  readonly name: string
  /** `YYYY-MM-DD`: figures of one day make one file. */
  readonly day: string
  readonly locale: LetterLocale
}

/** What the PDF of a report is drawn from. Written in the language of the caller, which is `locale`. */
export function reportPdf({ report, query, name, day, locale }: Given): LetterPdf {
  const { notices, acknowledged, decided, open } = totalOf(report)
  const date = formatDay(day)
  const facts: readonly (readonly [string, string])[] = [
    [m.reports_pdf_kind(), query.kind === undefined ? m.reports_any_kind() : kindWords[query.kind]()],
    [m.reports_pdf_period(), periodOf(query)],
    [m.reports_total_notices(), formatNumber(notices)],
    [m.reports_total_acknowledged(), formatNumber(acknowledged)],
    [m.reports_total_decided(), formatNumber(decided)],
    [m.reports_total_open(), formatNumber(open)],
  ]
  return {
    letter: {
      locale,
      blocks: [
        { type: 'title', lines: [[{ text: m.reports_pdf_title({ name }) }]] },
        { type: 'paragraph', lines: [[{ text: m.reports_as_of({ date }) }]] },
        { type: 'facts', rows: facts.map(([label, value]) => ({ label, value: [{ text: value }] })) },
      ],
    },
    tables: sectionsOf(report, locale).map(({ title, why, heads, rows, bars }) => {
      const most = Math.max(...bars.map(({ value }) => value), 1e-9)
      return {
        title,
        why,
        heads,
        rows,
        bars: bars.map(({ label, value, text }) => ({ label, text, share: value / most })),
      }
    }),
    paper: 'A4',
    title: m.reports_pdf_title({ name }),
    holder: name,
    footer: {
      reference: m.reports_pdf_footer({ name, date }),
      hash: '',
      numbers: m.evidence_pdf_page({ page: '{page}', pages: '{pages}' }),
      note: m.evidence_pdf_missing({ mark: '〓' }),
    },
    annex: { title: '', heads: ['', '', ''], works: [], more: '' },
  }
}

function periodOf({ from, to }: ReportQuery): string {
  if (from === undefined && to === undefined) return m.reports_any_month()
  const [first, last] = [from, to].map((month) => (month === undefined ? '' : formatMonth(month)))
  return m.reports_pdf_between({ from: first ?? '', to: last ?? '' }).trim()
}
