import { noticeKinds } from '#app/notices/legal-bases/basis.ts'
import { z } from 'zod'

/** Of fewer cases no figure of a distribution is shown: three answers have no ninetieth percentile. */
export const fewestCases = 20

/** The ages of open notices, in days since the service: from, and up to but without. */
export const ages = [
  { from: 0, before: 8 },
  { from: 8, before: 31 },
  { from: 31, before: 91 },
  { from: 91, before: null },
] as const

/** What the report tells about one vendor. */
export interface VendorReport {
  readonly id: string
  readonly name: string
  readonly nameOther: string | null
  readonly notices: number
  /** How many rights holders filed them. */
  readonly holders: number
  /** How many were served and acknowledged. */
  readonly acknowledged: number
  /** Days from the service, the median and the ninetieth percentile; null without a case. */
  readonly acknowledgeDays: readonly [number, number] | null
  readonly decided: number
  readonly decideDays: readonly [number, number] | null
  readonly all: number
  readonly partial: number
  readonly none: number
  readonly open: number
}

/** The notices that were filed in a month, `2026-11`, and how far they are now. */
export interface MonthReport {
  readonly month: string
  readonly filed: number
  readonly acknowledged: number
  readonly decided: number
}

/** All that a report tells. */
export interface Report {
  readonly vendors: readonly VendorReport[]
  readonly months: readonly MonthReport[]
  /** How many notices are open, by `ages`. */
  readonly ages: readonly number[]
}

/** The sums of all vendors. */
export function totalOf({ vendors }: Pick<Report, 'vendors'>) {
  const sum = (of: (vendor: VendorReport) => number) => vendors.reduce((so, vendor) => so + of(vendor), 0)
  return {
    notices: sum(({ notices }) => notices),
    acknowledged: sum(({ acknowledged }) => acknowledged),
    decided: sum(({ decided }) => decided),
    open: sum(({ open }) => open),
    all: sum(({ all }) => all),
    partial: sum(({ partial }) => partial),
    none: sum(({ none }) => none),
  }
}

/** `3.2`: days with one decimal; nothing where there are too few cases to tell. */
export function daysText(days: VendorReport['decideDays'], which: 0 | 1, cases: number): string | null {
  return days === null || cases < fewestCases ? null : days[which].toFixed(1)
}

const month = z
  .string()
  .regex(/^20\d\d-(?:0[1-9]|1[0-2])$/u)
  .optional()
  .catch(undefined)

// A value that is none of the set filters nothing: an old bookmark still shows the report.
const query = z.object({ kind: z.enum(noticeKinds).optional().catch(undefined), from: month, to: month })

/** Which notices are told of: of a kind, and filed in these months of the organisation's time zone, both within. */
export type ReportQuery = z.infer<typeof query>

/** Reads the address of a report. */
export function readReportQuery(url: string): ReportQuery {
  return query.parse(Object.fromEntries([...new URL(url).searchParams].filter(([, value]) => value !== '')))
}

/** The address of a report, as a page or as a file. */
export function reportAddress(asked: ReportQuery, path: string): string {
  const search = new URLSearchParams(
    Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
  return search.size === 0 ? path : `${path}?${search}`
}
