import { m } from '#app/generated/messages/messages.js'
import { noticeKinds } from '#app/notices/legal-bases/basis.ts'
import { kindWords } from '#app/notices/wording.ts'
import { BarChart } from '#app/ui/bar-chart.tsx'
import { ChartBox } from '#app/ui/chart-box.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { FilterRow, FilterSelect } from '#app/ui/filter-row.tsx'
import { formatMonth, formatNumber } from '#app/ui/format.ts'
import { LineChart } from '#app/ui/line-chart.tsx'
import { Section } from '#app/ui/section.tsx'
import { fewestCases, totalOf, type Report, type ReportQuery } from './report.ts'
import type { ReportSection } from './report-sections.ts'

/** Which notices are told of. */
export function ReportFilter({
  query: { kind, from, to },
  months,
  path,
}: {
  query: ReportQuery
  months: readonly string[]
  path: string
}) {
  const narrowed = kind !== undefined || from !== undefined || to !== undefined
  const options = months.map((value) => ({ value, label: formatMonth(value) }))
  return (
    <FilterRow label={m.reports_filter()} clear={narrowed ? path : undefined}>
      <FilterSelect
        name="kind"
        label={m.reports_kind()}
        any={m.reports_any_kind()}
        value={kind}
        options={noticeKinds.map((value) => ({ value, label: kindWords[value]() }))}
      />
      <FilterSelect name="from" label={m.reports_from()} any={m.reports_any_month()} value={from} options={options} />
      <FilterSelect name="to" label={m.reports_to()} any={m.reports_any_month()} value={to} options={options} />
    </FilterRow>
  )
}

/** The sums of a report. */
export function ReportTotals({ report }: { report: Report }) {
  const { notices, acknowledged, decided, open } = totalOf(report)
  const vendors = report.vendors.length
  return (
    <dl className="totals">
      <Total
        name={m.reports_total_notices()}
        value={notices}
        under={m.reports_total_vendors({ n: vendors, count: formatNumber(vendors) })}
      />
      <Total name={m.reports_total_acknowledged()} value={acknowledged} />
      <Total name={m.reports_total_decided()} value={decided} />
      <Total name={m.reports_total_open()} value={open} />
    </dl>
  )
}

function Total({ name, value, under }: { name: string; value: number; under?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {formatNumber(value)}
        {under !== undefined && <small className="cap">{under}</small>}
      </dd>
    </div>
  )
}

/** A part of a report: its chart, and beside it the table with all numbers. */
export function ReportPart({ section, report }: { section: ReportSection; report: Report }) {
  const { id, title, why, rows, heads } = section
  return (
    <div className="gap-lg">
      <Section id={id} title={title}>
        <p className="cap below-sm">{why}</p>
        <div className="report">
          {section.bars.length === 0 ? (
            <p className="muted">{m.reports_few_all({ count: formatNumber(fewestCases) })}</p>
          ) : (
            <Chart section={section} report={report} />
          )}
          <DataTable
            caption={title}
            rows={rows}
            rowKey={([name = '']) => name}
            columns={heads.map((head, place) => columnOf(head, place))}
          />
        </div>
      </Section>
    </div>
  )
}

function Chart({ section: { id, title, why, bars }, report: { months } }: { section: ReportSection; report: Report }) {
  if (id !== 'trend')
    return (
      <ChartBox title={title}>
        <BarChart id={`chart-${id}`} title={title} description={why} bars={bars} />
      </ChartBox>
    )
  return (
    <LineChart
      id="chart-trend"
      title={title}
      description={why}
      places={months.map(({ month }) => formatMonth(month))}
      series={[
        { key: 'filed', label: m.reports_filed(), values: months.map(({ filed }) => filed) },
        {
          key: 'acknowledged',
          label: m.reports_acknowledged(),
          values: months.map(({ acknowledged }) => acknowledged),
        },
        { key: 'decided', label: m.reports_decided(), values: months.map(({ decided }) => decided) },
      ]}
      write={formatNumber}
    />
  )
}

function columnOf(head: string, place: number): Column<readonly string[]> {
  return { key: head, head, kind: place === 0 ? 'row' : 'number', cell: (row) => row[place] }
}
