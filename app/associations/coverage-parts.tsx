import { m } from '#app/generated/messages/messages.js'
import { noticeKinds } from '#app/notices/legal-bases/basis.ts'
import { measures } from '#app/notices/measures.ts'
import { kindWords, measureWords } from '#app/notices/wording.ts'
import { Badge } from '#app/ui/badge.tsx'
import { FilterRow, FilterSelect } from '#app/ui/filter-row.tsx'
import { formatMonth } from '#app/ui/format.ts'
import type { Arranged } from './arranged-coverage.ts'
import { standingOf, type Standing } from './coverage.ts'
import { coverageAddress, isNarrowed, type CoverageQuery } from './coverage-query.ts'
import { standingSigns, standingWords } from './standing-words.ts'

/** What the matrix counts and shows, as a sentence of menus. */
export function CoverageFilterRow({ query, months }: { query: CoverageQuery; months: readonly string[] }) {
  const { count, kind, measure, from, to, show, sort } = query
  const monthOptions = months.map((value) => ({ value, label: formatMonth(value) }))
  return (
    <FilterRow
      label={m.matrix_filter()}
      clear={isNarrowed(query) ? coverageAddress({ count, sort }) : undefined}
      {...(sort !== undefined && { keep: { sort } })}
    >
      <FilterSelect
        name="count"
        label={m.matrix_count()}
        any={m.matrix_count_notices()}
        value={count === 'notices' ? undefined : count}
        options={[
          { value: 'works', label: m.matrix_count_works() },
          { value: 'share', label: m.matrix_count_share() },
        ]}
      />
      <FilterSelect
        name="kind"
        label={m.notices_list_kind()}
        any={m.notices_list_any_kind()}
        value={kind}
        options={noticeKinds.map((value) => ({ value, label: kindWords[value]() }))}
      />
      <FilterSelect
        name="measure"
        label={m.matrix_measure()}
        any={m.matrix_any_measure()}
        value={measure}
        options={measures.map((value) => ({ value, label: measureWords[value]() }))}
      />
      <FilterSelect
        name="from"
        label={m.matrix_from()}
        any={m.matrix_any_month()}
        value={from}
        options={monthOptions}
      />
      <FilterSelect name="to" label={m.matrix_to()} any={m.matrix_any_month()} value={to} options={monthOptions} />
      <FilterSelect
        name="show"
        label={m.matrix_show()}
        any={m.matrix_show_all()}
        value={show}
        options={[
          { value: 'late', label: m.matrix_show_late() },
          { value: 'unfiled', label: m.matrix_show_unfiled() },
        ]}
      />
    </FilterRow>
  )
}

/** What the signs in the matrix mean: those that are in it. */
export function CoverageLegend({ arranged: { rows } }: { arranged: Arranged }) {
  const cells = rows.flatMap((row) => row.cells)
  const there = new Set(cells.flatMap((cell) => (cell?.kind === 'filed' ? [standingOf(cell.figures).standing] : [])))
  const locked = cells.some((cell) => cell?.kind === 'no_mandate')
  return (
    <ul className="legend" aria-label={m.matrix_legend()}>
      {standings
        .filter((standing) => there.has(standing))
        .map((standing) => {
          const [icon, tone] = standingSigns[standing]
          return (
            <li key={standing}>
              <Badge icon={icon} tone={tone}>
                {standingWords[standing]()}
              </Badge>
            </li>
          )
        })}
      {locked && (
        <li>
          <Badge icon="w-lock" tone="none">
            {m.matrix_no_mandate()}
          </Badge>
        </li>
      )}
    </ul>
  )
}

const standings = [
  'queued',
  'awaiting_approval',
  'sent',
  'delivered',
  'acknowledged',
  'in_review',
  'clarification_needed',
  'all',
  'partial',
  'none',
  'pending',
  'withdrawn',
  'superseded',
  'acknowledge_overdue',
  'decision_overdue',
  'undeliverable',
] as const satisfies readonly Standing[]
