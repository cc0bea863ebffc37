import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { drawLetterPdf } from '#app/notices/draw-letter-pdf.server.ts'
import { setClock } from '#app/platform/clock.server.ts'
import { dayOf } from '#app/ui/format.ts'
import {
  aCoverage,
  anAssociation,
  anyFilter,
  anyMandates,
  anyNotice,
  anyZone,
  giveMandates,
  play,
  present,
  wholly,
} from '#test/coverage.ts'
import { testDatabase } from '#test/database.ts'
import { memberOf } from '#test/members.ts'
import { visibleNotices, type VisibleNotice } from '#test/visible-notices.ts'
import { findReport } from './find-report.server.ts'
import { totalOf, type Report, type ReportQuery } from './report.ts'
import { reportCsv } from './report-csv.ts'
import { reportPdf } from './report-pdf.ts'
import { sectionsOf } from './report-sections.ts'

const db = await testDatabase()
const ground = await aCoverage(db.owner)
const first = ground.member
afterEach(() => setClock(null))

const settled = ({ stage }: VisibleNotice) => ['decided', 'verifying', 'closed'].includes(stage)
const daysUntil = (row: VisibleNotice, at: Date | null) =>
  at === null || row.served === null ? [] : [(at.getTime() - row.served.getTime()) / 86_400_000]

/** Reads what row security lets a person see, and tells of it one by one. */
async function retold(personId: string, zone: string, query: ReportQuery) {
  const visible = await visibleNotices(personId, zone, query)
  const wanted = visible.filter(({ stage }) => stage !== 'awaiting_approval')
  const open = wanted
    .filter(({ stage }) => ['sent', 'delivered', 'acknowledged', 'in_review', 'clarification_needed'].includes(stage))
    .flatMap((row) => daysUntil(row, present))
  const by = <Key>(key: (row: VisibleNotice) => Key) => [...Map.groupBy(wanted, key)]
  return {
    vendors: new Map(
      by(({ vendor }) => vendor).map(([vendor, some]) => [
        vendor,
        {
          notices: some.length,
          acknowledgeDays: percentiles(some.flatMap((row) => daysUntil(row, row.acknowledged))),
          decideDays: percentiles(some.filter((row) => settled(row)).flatMap((row) => daysUntil(row, row.decided))),
          all: some.filter((row) => settled(row) && row.outcome === 'all').length,
          none: some.filter((row) => settled(row) && row.outcome === 'none').length,
        },
      ]),
    ),
    months: new Map(
      by(({ filed }) => dayOf(filed, zone).slice(0, 7)).map(([month, some]) => [
        month,
        [
          some.length,
          some.filter(({ acknowledged }) => acknowledged !== null).length,
          some.filter((row) => settled(row)).length,
        ],
      ]),
    ),
    // The clock runs on while this is read, by less than an hour; no age stands so near to a border.
    ages: [
      open.filter((days) => days < 8).length,
      open.filter((days) => days >= 8 && days < 31).length,
      open.filter((days) => days >= 31 && days < 91).length,
      open.filter((days) => days >= 91).length,
    ],
  }
}

function percentiles(days: readonly number[]): number[] | null {
  const sorted = days.toSorted((one, other) => one - other)
  if (sorted.length === 0) return null
  return [0.5, 0.9].map((share) => {
    const place = share * (sorted.length - 1)
    const [below, above] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0]
    return below + (above - below) * (place - Math.floor(place))
  })
}

const rounded = (days: readonly number[] | null | undefined) => days?.map((each) => Math.round(each * 1_000))

function expectSame(report: Report, told: Awaited<ReturnType<typeof retold>>): void {
  expect(report.vendors.map(({ id }) => id).toSorted()).toEqual([...told.vendors.keys()].toSorted())
  for (const { id, notices, acknowledgeDays, decideDays, all, none } of report.vendors) {
    const own = told.vendors.get(id)
    expect({ notices, all, none }).toEqual({ notices: own?.notices, all: own?.all, none: own?.none })
    expect(rounded(acknowledgeDays)).toEqual(rounded(own?.acknowledgeDays))
    expect(rounded(decideDays)).toEqual(rounded(own?.decideDays))
  }
  expect(
    new Map(report.months.map(({ month, filed, acknowledged, decided }) => [month, [filed, acknowledged, decided]])),
  ).toEqual(told.months)
  expect(report.ages).toEqual(told.ages)
}

test('a report says what is told of each visible notice, under any mandates and filters', async () => {
  let seen = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyNotice, { minLength: 3, maxLength: 12 }),
      anyMandates(ground),
      fc.array(anyFilter, { minLength: 2, maxLength: 2 }),
      anyZone,
      async (notices, terms, filters, zone) => {
        setClock(present)
        for (const each of notices) await play(db.owner, ground, each)
        await giveMandates(db.owner, ground, terms)
        const member = { ...first, organisation: { ...first.organisation, timeZone: zone } }
        for (const { kind, from, to } of [{ kind: undefined, from: undefined, to: undefined }, ...filters]) {
          const report = await findReport(member, { kind, from, to })
          expectSame(report, await retold(first.personId, zone, { kind, from, to }))
          seen += totalOf(report).notices
        }
      },
    ),
    { numRuns: 20 },
  )
  // The property would hold of nothing, too.
  expect(seen).toBeGreaterThan(10)
}, 120_000)

test('a holder reads of its own notices alone, and a stranger of none', async () => {
  setClock(present)
  await giveMandates(db.owner, ground, wholly)
  const [holder] = ground.holders
  if (holder === undefined) throw new Error('There is no holder')
  const member = memberOf(holder.person, holder.organisation)
  expectSame(await findReport(member, {}), await retold(member.personId, 'Asia/Tokyo', {}))
  const stranger = await anAssociation(db.owner)
  const asIf = { ...stranger, organisation: { ...stranger.organisation, id: first.organisation.id } }
  expect(await findReport(asIf, {})).toMatchObject({ vendors: [], months: [], ages: [0, 0, 0, 0] })
})

test('its files say the same: a CSV that spreadsheets open, a PDF with both scripts', async () => {
  setClock(present)
  await giveMandates(db.owner, ground, wholly)
  const report = await findReport(first, {})
  const csv = reportCsv(sectionsOf(report, 'en'))
  expect(csv.startsWith('\uFEFFDays to acknowledge\r\n')).toBe(true)
  expect(csv).toContain(`\r\nVendor,Cases,Median,90th percentile\r\n`)
  const pdf = await drawLetterPdf(reportPdf({ report, query: {}, name: '日本の会', day: '2026-11-22', locale: 'en' }))
  expect(Buffer.from(pdf.slice(0, 5)).toString()).toBe('%PDF-')
  expect(pdf.length).toBeGreaterThan(5_000)
}, 60_000)
