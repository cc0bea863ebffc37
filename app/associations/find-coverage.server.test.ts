import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { newId } from '#app/platform/id.ts'
import { setClock } from '#app/platform/clock.server.ts'
import { withPerson, withWorker } from '#app/platform/db.server.ts'
import { noticeKinds } from '#app/notices/legal-bases/basis.ts'
import { measures } from '#app/notices/measures.ts'
import { stages } from '#app/notices/stages.ts'
import { dayOf } from '#app/ui/format.ts'
import { aCatalogue, aHolder, aVendor, anOrganisation, aPerson, insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aMandate } from '#test/mandates.ts'
import { memberOf } from '#test/members.ts'
import { decidedOf, figureNames, sumOf, troubledOf, type Pair } from './coverage.ts'
import type { CoverageFilter } from './coverage-query.ts'
import { findCoverage } from './find-coverage.server.ts'

const db = await testDatabase()
afterEach(() => setClock(null))

const asked = measures.slice(0, 4)
const day = 86_400_000
const hour = 3_600_000
const at = new Date('2026-11-22T12:00:00Z')

const holders = await Promise.all([0, 1, 2].map(() => aHolder(db.owner)))
const vendors = await Promise.all([0, 1, 2].map(() => aVendor(db.owner)))
const catalogues = await Promise.all(
  holders.map(async ({ organisation }) => [
    await aCatalogue(db.owner, organisation.id),
    await aCatalogue(db.owner, organisation.id),
  ]),
)

async function anAssociation() {
  const organisation = await anOrganisation(db.owner, 'association')
  const person = await aPerson(db.owner, { organisationId: organisation.id })
  return memberOf(person, organisation, { kind: 'association' })
}
const first = await anAssociation()
const inZone = (timeZone: string) => ({ ...first, organisation: { ...first.organisation, timeZone } })

const instant = fc.option(
  fc.integer({ min: -40, max: 40 }).map((days) => new Date(at.getTime() + days * day + hour)),
  { nil: null },
)
const state = fc.record({
  stage: fc.constantFrom('draft', ...stages),
  outcome: fc.constantFrom('pending', 'all', 'partial', 'none'),
  works_count: fc.integer({ min: 0, max: 5 }),
  acknowledged_at: instant,
  undeliverable_at: instant,
  acknowledge_due_at: instant,
  decide_due_at: instant,
})
const notice = fc.record({
  holder: fc.nat(2),
  vendor: fc.nat(2),
  catalogue: fc.nat(1),
  byAssociation: fc.boolean(),
  kind: fc.constantFrom(...noticeKinds),
  measures: fc.subarray([...asked], { minLength: 1 }),
  // Often about the turn of a month, where zones disagree.
  filed: fc.oneof(
    fc.integer({ min: 0, max: 120 * 96 }).map((quarters) => new Date(at.getTime() - quarters * (hour / 4) - 7_000)),
    fc
      .tuple(fc.integer({ min: 7, max: 10 }), fc.integer({ min: -80, max: 80 }))
      .map(([month, quarters]) => new Date(Date.UTC(2026, month, 1) + quarters * (hour / 4))),
  ),
  states: fc.array(state, { minLength: 1, maxLength: 4 }),
})
type Given = typeof notice extends fc.Arbitrary<infer T> ? T : never

async function play(given: Given): Promise<void> {
  const { organisation, person } = holders[given.holder] ?? (await aHolder(db.owner))
  const filedBy = given.byAssociation ? first.organisation.id : organisation.id
  const [id, filingId, scopeId] = [newId(), newId(), newId()]
  await insert(db.owner, 'filing', {
    id: filingId,
    reference: filingId,
    filed_by_organisation_id: filedBy,
    submitted_by: person.id,
    kind: given.kind,
    signatory_name: person.name,
    signatory_capacity: 'Director',
    signed_at: given.filed,
    statements: [],
    idempotency_key: filingId,
    submitted_at: given.filed,
    send_at: given.filed,
  })
  await insert(db.owner, 'notice_scope', {
    id: scopeId,
    organisation_id: organisation.id,
    catalogue_id: catalogues[given.holder]?.[given.catalogue]?.id,
    version: 1,
    kind: 'all',
    works_count: 3,
    works_sha256: 'x',
    created_at: given.filed,
  })
  await insert(db.owner, 'notice', {
    id,
    reference: id,
    filing_id: filingId,
    holder_organisation_id: organisation.id,
    filed_by_organisation_id: filedBy,
    vendor_id: vendors[given.vendor]?.id,
    kind: given.kind,
    stance: 'demand',
    locale: 'en',
    scope_id: scopeId,
    works_count: 3,
    stage: 'draft',
    last_sequence: 0,
    last_hash: 'x',
    verify_code: id,
    waiting_on: 'nobody',
    decide_days: 20,
    send_at: given.filed,
    created_at: given.filed,
  })
  for (const [position, measure] of given.measures.entries())
    await insert(db.owner, 'notice_measure', { notice_id: id, measure, position: position + 1 })
  for (const each of given.states) {
    const names = Object.keys(each)
    await db.owner.query(
      `update notice set ${names.map((name, place) => `${name} = $${place + 2}`).join(', ')} where id = $1`,
      [id, ...Object.values(each)],
    )
  }
}

const mandate = fc.record({
  vendors: fc.option(
    fc.subarray(
      vendors.map(({ id }) => id),
      { minLength: 1 },
    ),
    { nil: null },
  ),
  measures: fc.option(fc.subarray([...asked], { minLength: 1 }), { nil: null }),
  catalogues: fc.option(
    fc.subarray(
      catalogues.flat().map(({ id }) => id),
      { minLength: 1 },
    ),
    { nil: null },
  ),
  // Seldom not yet, or no longer.
  starts: fc.constantFrom(-10, -10, -10, 5),
  ends: fc.constantFrom(null, null, 5, -5),
  given: fc.constantFrom(true, true, true, false),
})

async function mandates(
  given: (typeof mandate extends fc.Arbitrary<infer T> ? T : never)[],
  associationId: string,
): Promise<void> {
  await db.owner.query('delete from mandate_grant; delete from mandate_version; delete from mandate')
  for (const [place, { starts, ends, given: isGiven, ...terms }] of given.entries()) {
    const holder = holders[place]
    if (!isGiven || holder === undefined) continue
    const startsAt = new Date(Date.now() + starts * day)
    // A mandate never ends before it begins.
    const endsAt = ends === null || ends <= starts ? null : new Date(Date.now() + ends * day)
    await aMandate(db.owner, {
      associationId,
      memberId: holder.organisation.id,
      acceptedBy: holder.person.id,
      ...terms,
      startsAt,
      endsAt,
    })
  }
}

/** Counts notice by notice what row security lets the person see: the slow and obvious way. */
async function recount(
  personId: string,
  timeZone: string,
  { kind, measure, from, to }: CoverageFilter,
): Promise<readonly Pair[]> {
  const rows = await withPerson(
    personId,
    (tx) => tx.$queryRaw<Row[]>`
    select n.holder_organisation_id as holder, n.vendor_id as vendor, n.kind, n.stage, n.outcome, n.works_count as works, n.created_at as filed,
      n.acknowledged_at as acknowledged, n.undeliverable_at as bounced, n.acknowledge_due_at as "acknowledgeDue", n.decide_due_at as "decideDue",
      (select array_agg(m.measure) from notice_measure m where m.notice_id = n.id) as measures
    from notice n where n.stage <> 'draft'`,
  )
  const wanted = rows.filter((row) => {
    const month = dayOf(row.filed, timeZone).slice(0, 7)
    return (
      (kind === undefined || row.kind === kind) &&
      (measure === undefined || row.measures.includes(measure)) &&
      (from === undefined || month >= from) &&
      (to === undefined || month <= to)
    )
  })
  const groups = Map.groupBy(wanted, ({ holder, vendor }) => `${holder} ${vendor}`)
  return [...groups.values()].map((some) => ({
    memberId: some[0]?.holder ?? '',
    vendorId: some[0]?.vendor ?? '',
    figures: sumOf(some.map((row) => figuresOf(row))),
  }))
}

type Row = {
  holder: string
  vendor: string
  kind: string
  stage: string
  outcome: string
  works: number
  filed: Date
  acknowledged: Date | null
  bounced: Date | null
  acknowledgeDue: Date | null
  decideDue: Date | null
  measures: string[]
}

function figuresOf(row: Row): Pair['figures'] {
  const { stage, outcome } = row
  const settled = ['decided', 'verifying', 'closed'].includes(stage)
  const open = ['sent', 'delivered', 'acknowledged', 'in_review', 'clarification_needed'].includes(stage)
  const lateAcknowledgement =
    ['sent', 'delivered'].includes(stage) &&
    row.acknowledged === null &&
    row.acknowledgeDue !== null &&
    row.acknowledgeDue < at
  const lateDecision = open && stage !== 'clarification_needed' && row.decideDue !== null && row.decideDue < at
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
  return {
    ...Object.fromEntries(Object.entries(truths).map(([name, is]) => [name, is ? 1 : 0])),
    works: row.works,
  } as Pair['figures']
}

const inOrder = (pairs: readonly Pair[]) =>
  pairs.toSorted((one, other) => (one.memberId + one.vendorId < other.memberId + other.vendorId ? -1 : 1))

const months = ['2026-07', '2026-08', '2026-09', '2026-10', '2026-11'] as const
const filter = fc.record({
  kind: fc.option(fc.constantFrom(...noticeKinds), { nil: undefined }),
  measure: fc.option(fc.constantFrom(...asked), { nil: undefined }),
  from: fc.option(fc.constantFrom(...months), { nil: undefined }),
  to: fc.option(fc.constantFrom(...months), { nil: undefined }),
})

describe('the matrix', () => {
  test('says what a recount of the visible notices says, under any mandates and filters', async () => {
    let seen = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(notice, { minLength: 3, maxLength: 12 }),
        fc.array(mandate, { minLength: 3, maxLength: 3 }),
        fc.array(filter, { minLength: 4, maxLength: 4 }),
        fc.boolean(),
        fc.constantFrom(
          'UTC',
          'Asia/Tokyo',
          'America/Los_Angeles',
          'Asia/Kathmandu',
          'Pacific/Kiritimati',
          'Etc/GMT+12',
        ),
        async (notices, terms, filters, compacted, zone) => {
          setClock(at)
          for (const each of notices) await play(each)
          await mandates(terms, first.organisation.id)
          if (compacted) await withWorker((tx) => tx.$queryRaw`select compact_coverage(${at})`)
          for (const each of [{}, ...filters]) {
            const { pairs } = await findCoverage(inZone(zone), each)
            const expected = inOrder(await recount(first.personId, zone, each))
            expect(inOrder(pairs)).toEqual(expected)
            const total = sumOf(pairs.map(({ figures }) => figures))
            seen += total.notices
            expect(total).toEqual(sumOf(expected.map(({ figures }) => figures)))
            expect(decidedOf(total) + total.withdrawn + total.superseded).toBeLessThanOrEqual(total.notices)
            expect(troubledOf(total)).toBeLessThanOrEqual(total.notices)
          }
        },
      ),
      { numRuns: 40 },
    )
    // The property would hold of nothing, too.
    expect(seen).toBeGreaterThan(100)
  }, 120_000)

  test('counts the same after everything is counted anew', async () => {
    setClock(at)
    await mandates(
      holders.map(() => ({ vendors: null, measures: null, catalogues: null, starts: -10, ends: null, given: true })),
      first.organisation.id,
    )
    const before = await findCoverage(first, {})
    await db.owner.query('select recount_coverage()')
    expect(inOrder((await findCoverage(first, {})).pairs)).toEqual(inOrder(before.pairs))
    expect(before.members).toHaveLength(3)
  })

  test('is empty for whoever is not of the association', async () => {
    const other = await anAssociation()
    const asIfFirst = { ...other, organisation: { ...other.organisation, id: first.organisation.id } }
    expect(await findCoverage(asIfFirst, {})).toMatchObject({ members: [], pairs: [] })
    expect(await findCoverage(other, {})).toMatchObject({ members: [], vendors: [], pairs: [] })
  })

  test('loses a member in the transaction that revokes its mandate', async () => {
    const [holder] = holders
    await db.owner.query('delete from mandate_grant where member_id = $1', [holder?.organisation.id])
    const { members, pairs } = await findCoverage(first, {})
    expect(members).toHaveLength(2)
    expect(pairs.filter(({ memberId }) => memberId === holder?.organisation.id)).toEqual([])
  })

  test('has a name for every sum', () => {
    expect(figureNames).toHaveLength(21)
  })
})
