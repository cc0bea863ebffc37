import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { findTable } from '#app/notices/bulk/find-table.server.ts'
import { readTableQuery } from '#app/notices/bulk/table-query.ts'
import { setClock } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
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
import { visibleNotices, type VisibleNotice } from '#test/visible-notices.ts'
import { decidedOf, figureNames, standingOf, sumOf, troubledOf, type Pair } from './coverage.ts'
import { noticesOfCell, type CoverageFilter } from './coverage-query.ts'
import { findCoverage } from './find-coverage.server.ts'
import { listedState } from './standing-words.ts'

const db = await testDatabase()
const ground = await aCoverage(db.owner)
const first = ground.member
const inZone = (timeZone: string) => ({ ...first, organisation: { ...first.organisation, timeZone } })
afterEach(() => setClock(null))

/** Counts notice by notice what row security lets the person see. */
async function recount(personId: string, timeZone: string, filter: CoverageFilter): Promise<readonly Pair[]> {
  const rows = await visibleNotices(personId, timeZone, filter)
  return [...Map.groupBy(rows, ({ holder, vendor }) => `${holder} ${vendor}`).values()].map((some) => ({
    memberId: some[0]?.holder ?? '',
    vendorId: some[0]?.vendor ?? '',
    figures: sumOf(some.map((row) => figuresOf(row))),
  }))
}

function figuresOf(row: VisibleNotice): Pair['figures'] {
  const { stage, outcome } = row
  const settled = ['decided', 'verifying', 'closed'].includes(stage)
  const open = ['sent', 'delivered', 'acknowledged', 'in_review', 'clarification_needed'].includes(stage)
  const lateAcknowledgement =
    ['sent', 'delivered'].includes(stage) &&
    row.acknowledged === null &&
    row.acknowledgeDue !== null &&
    row.acknowledgeDue < present
  const lateDecision = open && stage !== 'clarification_needed' && row.decideDue !== null && row.decideDue < present
  const undeliverable = row.bounced !== null && (open || stage === 'queued')
  const late = lateAcknowledgement || lateDecision
  const truths = {
    notices: true,
    acknowledged: row.acknowledged !== null,
    undeliverable,
    awaitingApproval: stage === 'awaiting_approval',
    queued: stage === 'queued',
    sent: stage === 'sent',
    delivered: stage === 'delivered',
    underAcknowledgement: stage === 'acknowledged',
    inReview: stage === 'in_review',
    question: stage === 'clarification_needed',
    allAgreed: settled && outcome === 'all',
    partlyAgreed: settled && outcome === 'partial',
    noneAgreed: settled && outcome === 'none',
    unanswered: settled && outcome === 'pending',
    withdrawn: stage === 'withdrawn',
    superseded: stage === 'superseded',
    late,
    lateAcknowledgement,
    lateDecision,
    lateUndeliverable: late && undeliverable,
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- entries of exactly the names
  return {
    ...Object.fromEntries(Object.entries(truths).map(([name, is]) => [name, is ? 1 : 0])),
    works: row.works,
  } as Pair['figures']
}

const listed = async (zone: string, address: string) => {
  const page = await findTable({ member: inZone(zone), query: readTableQuery(`https://x.test${address}`) })
  return page?.matching
}

/** What is in trouble, and what the last cell says, must be what the lists show to which they lead. */
async function expectListed(zone: string, filter: CoverageFilter, pairs: readonly Pair[]): Promise<void> {
  const total = sumOf(pairs.map(({ figures }) => figures))
  expect(await listed(zone, noticesOfCell(filter, { state: 'in_trouble' }))).toBe(troubledOf(total))
  const last = pairs.at(-1)
  if (last === undefined) return
  const { memberId: member, vendorId: vendor, figures } = last
  const { standing, count } = standingOf(figures)
  const state = listedState(standing, figures)
  const found = await listed(zone, noticesOfCell(filter, { member, vendor, state }))
  expect({ standing, count: found }).toEqual({ standing, count })
}

const inOrder = (pairs: readonly Pair[]) =>
  pairs.toSorted((one, other) => (one.memberId + one.vendorId < other.memberId + other.vendorId ? -1 : 1))

describe('the matrix', () => {
  test('says what a recount of the visible notices says, under any mandates and filters', async () => {
    let seen = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyNotice, { minLength: 3, maxLength: 12 }),
        anyMandates(ground),
        fc.array(anyFilter, { minLength: 4, maxLength: 4 }),
        fc.boolean(),
        anyZone,
        async (notices, terms, filters, compacted, zone) => {
          setClock(present)
          for (const each of notices) await play(db.owner, ground, each)
          await giveMandates(db.owner, ground, terms)
          if (compacted) await withWorker((tx) => tx.$queryRaw`select compact_coverage(${present})`)
          for (const each of [{}, ...filters]) {
            const { pairs } = await findCoverage(inZone(zone), each)
            const expected = inOrder(await recount(first.personId, zone, each))
            expect(inOrder(pairs)).toEqual(expected)
            const total = sumOf(pairs.map(({ figures }) => figures))
            seen += total.notices
            expect(total).toEqual(sumOf(expected.map(({ figures }) => figures)))
            expect(decidedOf(total) + total.withdrawn + total.superseded).toBeLessThanOrEqual(total.notices)
            expect(troubledOf(total)).toBeLessThanOrEqual(total.notices)
            await expectListed(zone, each, pairs)
          }
        },
      ),
      { numRuns: 40 },
    )
    // The property would hold of nothing, too.
    expect(seen).toBeGreaterThan(20)
  }, 120_000)

  test('counts the same after everything is counted anew', async () => {
    setClock(present)
    await giveMandates(db.owner, ground, wholly)
    const before = await findCoverage(first, {})
    await db.owner.query('select recount_coverage()')
    expect(inOrder((await findCoverage(first, {})).pairs)).toEqual(inOrder(before.pairs))
    expect(before.members).toHaveLength(3)
  })

  test('is empty for whoever is not of the association', async () => {
    const other = await anAssociation(db.owner)
    const asIfFirst = { ...other, organisation: { ...other.organisation, id: first.organisation.id } }
    expect(await findCoverage(asIfFirst, {})).toMatchObject({ members: [], pairs: [] })
    expect(await findCoverage(other, {})).toMatchObject({ members: [], vendors: [], pairs: [] })
  })

  test('loses a member in the transaction that revokes its mandate', async () => {
    const [holder] = ground.holders
    await db.owner.query('delete from mandate_grant where member_id = $1', [holder?.organisation.id])
    const { members, pairs } = await findCoverage(first, {})
    expect(members).toHaveLength(2)
    expect(pairs.filter(({ memberId }) => memberId === holder?.organisation.id)).toEqual([])
  })

  test('has a name for every sum', () => {
    expect(figureNames).toHaveLength(21)
  })
})
