import fc from 'fast-check'
import type pg from 'pg'
import { newId } from '#app/platform/id.ts'
import { noticeKinds } from '#app/notices/legal-bases/basis.ts'
import { measures } from '#app/notices/measures.ts'
import { stages } from '#app/notices/stages.ts'
import { aCatalogue, aHolder, anOrganisation, aPerson, aVendor, insert } from './builders.ts'
import { aMandate } from './mandates.ts'
import { memberOf } from './members.ts'

const asked = measures.slice(0, 4)
const day = 86_400_000
const hour = 3_600_000

/** The present of what is played here. Instants of notices never fall on it. */
export const present = new Date('2026-11-22T12:00:00Z')

/** Three holders with two catalogues each, three vendors, and an association without a mandate. */
export async function aCoverage(owner: pg.Pool) {
  const holders = await Promise.all([0, 1, 2].map(() => aHolder(owner)))
  const vendors = await Promise.all([0, 1, 2].map(() => aVendor(owner)))
  const catalogues = await Promise.all(
    holders.map(async ({ organisation: { id } }) => [await aCatalogue(owner, id), await aCatalogue(owner, id)]),
  )
  return { holders, vendors, catalogues, member: await anAssociation(owner) }
}

/** What `aCoverage` makes. */
export type Ground = Awaited<ReturnType<typeof aCoverage>>

/** The owner of a new association. */
export async function anAssociation(owner: pg.Pool) {
  const organisation = await anOrganisation(owner, 'association')
  const person = await aPerson(owner, { organisationId: organisation.id })
  return memberOf(person, organisation, { kind: 'association' })
}

const instant = fc.option(
  fc.integer({ min: -40, max: 40 }).map((days) => new Date(present.getTime() + days * day + hour)),
  { nil: null },
)
const state = fc.record({
  stage: fc.constantFrom('draft', ...stages),
  outcome: fc.constantFrom('pending', 'all', 'partial', 'none'),
  works_count: fc.integer({ min: 0, max: 5 }),
  served_at: instant,
  decided_at: instant,
  acknowledged_at: instant,
  undeliverable_at: instant,
  acknowledge_due_at: instant,
  decide_due_at: instant,
})
/** A notice and the states that it goes through, lawful or not. */
export const anyNotice = fc.record({
  holder: fc.nat(2),
  vendor: fc.nat(2),
  catalogue: fc.nat(1),
  byAssociation: fc.boolean(),
  kind: fc.constantFrom(...noticeKinds),
  measures: fc.subarray([...asked], { minLength: 1 }),
  // Often about the turn of a month, where zones disagree.
  filed: fc.oneof(
    fc
      .integer({ min: 0, max: 120 * 96 })
      .map((quarters) => new Date(present.getTime() - quarters * (hour / 4) - 7_000)),
    fc
      .tuple(fc.integer({ min: 7, max: 10 }), fc.integer({ min: -80, max: 80 }))
      .map(([month, quarters]) => new Date(Date.UTC(2026, month, 1) + quarters * (hour / 4))),
  ),
  states: fc.array(state, { minLength: 1, maxLength: 4 }),
})
type Given = typeof anyNotice extends fc.Arbitrary<infer T> ? T : never

/**
 * Writes a notice as a draft, and then each of its states.
 *
 * @param named which works it names; without, all of a catalogue that is taken to have three
 */
export async function play(
  owner: pg.Pool,
  { holders, vendors, catalogues, member }: Pick<Ground, 'holders' | 'vendors' | 'catalogues' | 'member'>,
  given: Given,
  named: { works: readonly string[]; all: boolean; version?: number } = { works: ['', '', ''], all: true },
): Promise<void> {
  const { organisation, person } = holders[given.holder] ?? (await aHolder(owner))
  const filedBy = given.byAssociation ? member.organisation.id : organisation.id
  const [id, filingId, scopeId] = [newId(), newId(), newId()]
  await insert(owner, 'filing', {
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
  await insert(owner, 'notice_scope', {
    id: scopeId,
    organisation_id: organisation.id,
    catalogue_id: catalogues[given.holder]?.[given.catalogue]?.id,
    version: named.version ?? 1,
    kind: named.all ? 'all' : 'listed',
    works_count: named.works.length,
    works_sha256: named.works.join(' '),
    created_at: given.filed,
  })
  for (const workId of named.all ? [] : named.works)
    await insert(owner, 'notice_scope_work', { scope_id: scopeId, work_id: workId })
  await insert(owner, 'notice', {
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
    works_count: named.works.length,
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
    await insert(owner, 'notice_measure', { notice_id: id, measure, position: position + 1 })
  for (const each of given.states) await enter(owner, id, each)
}

async function enter(owner: pg.Pool, id: string, given: Given['states'][number]): Promise<void> {
  const names = Object.keys(given)
  await owner.query(
    `update notice set ${names.map((name, place) => `${name} = $${place + 2}`).join(', ')} where id = $1`,
    [id, ...Object.values(given)],
  )
}

function some(ids: readonly string[]) {
  return fc.option(fc.subarray([...ids], { minLength: 1 }), { nil: null })
}

/** Terms of three mandates, one for each holder of a ground. */
export function anyMandates({ vendors, catalogues }: Ground) {
  const terms = fc.record({
    vendors: some(vendors.map(({ id }) => id)),
    measures: fc.option(fc.subarray([...asked], { minLength: 1 }), { nil: null }),
    catalogues: some(catalogues.flat().map(({ id }) => id)),
    // Seldom not yet, or no longer.
    starts: fc.constantFrom(-10, -10, -10, 5),
    ends: fc.constantFrom(null, null, 5, -5),
    isGiven: fc.constantFrom(true, true, true, false),
  })
  return fc.array(terms, { minLength: 3, maxLength: 3 })
}

type Terms = ReturnType<typeof anyMandates> extends fc.Arbitrary<infer T> ? T : never

/** Terms under which everything is covered. */
export const wholly: Terms = [0, 1, 2].map(() => ({
  vendors: null,
  measures: null,
  catalogues: null,
  starts: -10,
  ends: null,
  isGiven: true,
}))

/** Ends all mandates and gives these. */
export async function giveMandates(
  owner: pg.Pool,
  { holders, catalogues, member }: Ground,
  given: Terms,
): Promise<void> {
  await owner.query('delete from mandate_grant; delete from mandate_version; delete from mandate')
  for (const [place, { starts, ends, isGiven, ...terms }] of given.entries()) {
    const holder = holders[place]
    if (!isGiven || holder === undefined) continue
    const startsAt = new Date(Date.now() + starts * day)
    // A mandate never ends before it begins.
    const endsAt = ends === null || ends <= starts ? null : new Date(Date.now() + ends * day)
    await aMandate(owner, {
      associationId: member.organisation.id,
      memberId: holder.organisation.id,
      acceptedBy: holder.person.id,
      ...terms,
      catalogues: terms.catalogues && ownOf(terms.catalogues, catalogues[place] ?? []),
      startsAt,
      endsAt,
    })
  }
}

// A mandate names catalogues of its member: of those that were drawn for all, its own, or else its first.
function ownOf(drawn: readonly string[], own: readonly { id: string }[]): string[] {
  const named = own.filter(({ id }) => drawn.includes(id))
  return (named.length > 0 ? named : own.slice(0, 1)).map(({ id }) => id)
}

const months = ['2026-07', '2026-08', '2026-09', '2026-10', '2026-11'] as const

/** A filter of the matrix. */
export const anyFilter = fc.record({
  kind: fc.option(fc.constantFrom(...noticeKinds), { nil: undefined }),
  measure: fc.option(fc.constantFrom(...asked), { nil: undefined }),
  from: fc.option(fc.constantFrom(...months), { nil: undefined }),
  to: fc.option(fc.constantFrom(...months), { nil: undefined }),
})

/** Zones in which a month turns at different instants. */
export const anyZone = fc.constantFrom(
  'UTC',
  'Asia/Tokyo',
  'America/Los_Angeles',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Etc/GMT+12',
)
