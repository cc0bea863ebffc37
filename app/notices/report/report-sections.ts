import { m } from '#app/generated/messages/messages.js'
import { resultWords } from '#app/notices/wording.ts'
import type { Bar } from '#app/ui/bars.ts'
import { formatMonth, formatNumber, formatShare } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { ages, daysText, fewestCases, totalOf, type Report, type VendorReport } from './report.ts'

/** A part of a report: a table in words, and the bars that draw it. Page, CSV and PDF say the same. */
export interface ReportSection {
  readonly id: 'acknowledge' | 'decide' | 'outcomes' | 'ageing' | 'trend'
  readonly title: string
  readonly why: string
  readonly heads: readonly string[]
  /** The first cell names its row. */
  readonly rows: readonly (readonly string[])[]
  /** Empty where there are too few cases to draw. */
  readonly bars: readonly Bar[]
}

/** The parts of a report in the language of the reader, in the order in which it tells them. */
export function sectionsOf(report: Report, locale: 'en' | 'ja'): readonly ReportSection[] {
  const { vendors } = report
  return [
    {
      id: 'acknowledge',
      title: m.reports_acknowledge(),
      why: m.reports_acknowledge_why(),
      ...daysOf(vendors, locale, ({ acknowledged, acknowledgeDays }) => ({
        cases: acknowledged,
        days: acknowledgeDays,
      })),
    },
    {
      id: 'decide',
      title: m.reports_decide(),
      why: m.reports_decide_why(),
      ...daysOf(vendors, locale, ({ decided, decideDays }) => ({ cases: decided, days: decideDays })),
    },
    outcomesOf(report),
    trendOf(report),
    ageingOf(report),
  ]
}

type Days = (vendor: VendorReport) => { readonly cases: number; readonly days: VendorReport['decideDays'] }

function daysOf(
  vendors: readonly VendorReport[],
  locale: 'en' | 'ja',
  of: Days,
): Pick<ReportSection, 'heads' | 'rows' | 'bars'> {
  const told = vendors.map((vendor) => ({
    id: vendor.id,
    name: nameIn(locale, vendor.name, vendor.nameOther),
    ...of(vendor),
  }))
  return {
    heads: [m.reports_vendor(), m.reports_cases(), m.reports_median(), m.reports_p90()],
    rows: told.map(({ name, cases, days }) => [
      name,
      formatNumber(cases),
      daysText(days, 0, cases) ?? m.reports_few(),
      daysText(days, 1, cases) ?? m.reports_few(),
    ]),
    bars: told.flatMap(({ id, name, cases, days }) => {
      if (days === null || cases < fewestCases) return []
      const [median, mark] = days
      const text = m.reports_days_of({ median: median.toFixed(1), p90: mark.toFixed(1) })
      return [{ key: id, label: name, value: median, mark, text }]
    }),
  }
}

function outcomesOf(report: Report): ReportSection {
  const total = totalOf(report)
  const decided = total.all + total.partial + total.none
  const shares = (['all', 'partial', 'none'] as const).map((outcome) => ({
    outcome,
    label: resultWords[outcome](),
    count: total[outcome],
    share: decided === 0 ? 0 : total[outcome] / decided,
  }))
  return {
    id: 'outcomes',
    title: m.reports_outcomes(),
    why: m.reports_outcomes_why(),
    heads: [m.reports_outcome(), m.reports_notices(), m.reports_share()],
    rows: shares.map(({ label, count, share }) => [label, formatNumber(count), formatShare(share)]),
    bars: shares.map(({ outcome, label, count, share }) => ({
      key: outcome,
      label,
      value: share,
      text: m.reports_share_of({ share: formatShare(share), count: formatNumber(count), total: formatNumber(decided) }),
    })),
  }
}

function ageingOf(report: Report): ReportSection {
  const rows = ages.map(({ from, before }, place) => ({
    key: String(from),
    label:
      before === null
        ? m.reports_age_over({ from: String(from) })
        : m.reports_age_between({ from: String(from), to: String(before - 1) }),
    value: report.ages[place] ?? 0,
  }))
  return {
    id: 'ageing',
    title: m.reports_ageing(),
    why: m.reports_ageing_why(),
    heads: [m.reports_age(), m.reports_open()],
    rows: rows.map(({ label, value }) => [label, formatNumber(value)]),
    bars: rows.map((row) => ({ ...row, text: formatNumber(row.value) })),
  }
}

function trendOf({ months }: Report): ReportSection {
  return {
    id: 'trend',
    title: m.reports_trend(),
    why: m.reports_trend_why(),
    heads: [m.reports_month(), m.reports_filed(), m.reports_acknowledged(), m.reports_decided()],
    rows: months.map(({ month, filed, acknowledged, decided }) => [
      formatMonth(month),
      formatNumber(filed),
      formatNumber(acknowledged),
      formatNumber(decided),
    ]),
    bars: months.map(({ month, filed }) => ({
      key: month,
      label: formatMonth(month),
      value: filed,
      text: formatNumber(filed),
    })),
  }
}
