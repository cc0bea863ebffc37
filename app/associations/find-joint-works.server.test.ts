import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from '#app/platform/id.ts'
import { aCatalogue, aHolder, aVendor, insert } from '#test/builders.ts'
import { anAssociation, play } from '#test/coverage.ts'
import { testDatabase } from '#test/database.ts'
import { aMandate } from '#test/mandates.ts'
import { arrange } from './arranged-coverage.ts'
import { countJointWorks, countVendorWorks } from './count-joint-works.server.ts'
import { findCoverage } from './find-coverage.server.ts'
import { findJointWorks } from './find-joint-works.server.ts'

const db = await testDatabase()
const vendors = [await aVendor(db.owner), await aVendor(db.owner)]

type Claim = { holder: number; identifiers: readonly number[] }

/**
 * An association whose members claim these works; identifiers with equal numbers are equal.
 *
 * @param onlySees of whom it sees the notices, and may file for all others
 */
async function anAlliance(claims: readonly Claim[], onlySees: readonly number[] = []) {
  const member = await anAssociation(db.owner)
  const mark = newId()
  const catalogues = []
  const holders = []
  for (const holder of [0, 1, 2]) {
    const own = claims.filter((claim) => claim.holder === holder)
    const made = await aHolder(db.owner)
    const { organisation, person } = made
    const catalogue = await aCatalogue(db.owner, organisation.id, { works: own.length })
    for (const [place, { identifiers }] of own.entries())
      for (const value of new Set(identifiers))
        await insert(db.owner, 'work_identifier', {
          catalogue_id: catalogue.id,
          work_id: catalogue.workIds[place],
          scheme: 'isbn',
          value: `${mark} ${value}`,
          raw: String(value),
          valid_from: 1,
        })
    await aMandate(db.owner, {
      associationId: member.organisation.id,
      memberId: organisation.id,
      acceptedBy: person.id,
      scopes: onlySees.includes(holder) ? ['view'] : ['view', 'file'],
    })
    catalogues.push({ ...catalogue, organisation })
    holders.push(made)
  }
  return { member, catalogues, holders }
}

type Alliance = Awaited<ReturnType<typeof anAlliance>>
/** A notice of a holder to one of two vendors: of all its works, or of those at these places. */
type Named = { holder: number; vendor: number; all: boolean; places: readonly number[]; stage: 'sent' | 'withdrawn' }

/** Sends it, and says which claims it names. */
async function name(
  { member, catalogues, holders }: Alliance,
  { holder, vendor, all, places, stage }: Named,
  version = 1,
): Promise<readonly string[]> {
  const own = catalogues[holder]?.workIds ?? []
  const works = own.filter((_, place) => all || places.includes(place))
  const state = {
    stage,
    outcome: 'pending',
    works_count: works.length,
    acknowledge_due_at: null,
    decide_due_at: null,
  } as const
  const never = { served_at: null, decided_at: null, acknowledged_at: null, undeliverable_at: null }
  await play(
    db.owner,
    { member, holders, vendors: [...vendors], catalogues: catalogues.map((each) => [each]) },
    {
      holder,
      vendor,
      catalogue: 0,
      byAssociation: false,
      kind: 'exclusion',
      measures: ['STOP_TRAINING_FUTURE'],
      filed: new Date(),
      states: [{ ...state, ...never }],
    },
    { works, all, version },
  )
  return works
}

/** What the last row of the matrix says of each vendor: its works, each once; null while that is counted. */
async function footOf({ member }: Alliance): Promise<ReadonlyMap<string, number | null>> {
  const { vendors: columns, footWorks } = arrange(await findCoverage(member, {}), {})
  return new Map(columns.map(({ id }, place) => [id, footWorks[place] ?? null]))
}

/** The groups of works that hang together by identifiers of several members: walked one by one. */
function groupsOf(claims: readonly Claim[]): number[][] {
  const joint = new Set(
    claims
      .flatMap(({ identifiers }) => identifiers)
      .filter(
        (value) =>
          new Set(claims.filter(({ identifiers }) => identifiers.includes(value)).map(({ holder }) => holder)).size > 1,
      ),
  )
  const left = new Set(claims.keys())
  const groups = []
  for (const start of claims.keys()) {
    if (!left.has(start)) continue
    const group = [start]
    left.delete(start)
    for (const at of group)
      for (const other of left)
        if (claims[at]?.identifiers.some((value) => joint.has(value) && claims[other]?.identifiers.includes(value))) {
          group.push(other)
          left.delete(other)
        }
    groups.push(group)
  }
  return groups
}

const countAll = async () => [await countJointWorks(), await countVendorWorks()]
const named = fc.record({
  holder: fc.nat(2),
  vendor: fc.nat(1),
  all: fc.boolean(),
  places: fc.array(fc.nat(4), { maxLength: 4 }),
  stage: fc.constantFrom('sent', 'withdrawn'),
})
const inOrder = (sizes: readonly number[] | undefined) => sizes?.toSorted((one, other) => one - other)
const claim = fc.record({ holder: fc.nat(2), identifiers: fc.array(fc.nat(7), { maxLength: 3 }) })
// Often with nothing to count, and often with enough of it.
const anyClaims = fc.oneof(fc.array(claim, { maxLength: 12 }), fc.array(claim, { minLength: 9, maxLength: 12 }))
const anyNamed = fc.array(named, { minLength: 2, maxLength: 6 })

test('a work that several members claim counts once, whatever its identifiers, in all and for each vendor', async () => {
  let [once, claimed] = [0, 0]
  await fc.assert(
    fc.asyncProperty(anyClaims, anyNamed, async (claims, notices) => {
      const alliance = await anAlliance(claims, [2])
      const { member, catalogues } = alliance
      const sent = []
      for (const each of notices) sent.push({ ...each, works: await name(alliance, each) })
      await countAll()
      const page = await findJointWorks({ member, after: 0 })
      const idOf = ({ holder }: Claim, at: number) =>
        catalogues[holder]?.workIds[claims.slice(0, at).filter((before) => before.holder === holder).length] ?? ''
      // Of the third member the association sees notices, and so no works but theirs.
      const cited = new Set(sent.flatMap((each) => each.works))
      const read = claims.flatMap((each, at) =>
        each.holder < 2 || cited.has(idOf(each, at)) ? [{ ...each, workId: idOf(each, at) }] : [],
      )
      const groups = groupsOf(read)
      const joint = groups.filter((group) => group.length > 1)
      expect(page?.totals).toEqual({ claims: read.length, works: groups.length, jointWorks: joint.length })
      expect(inOrder(page?.works.map((work) => work.claims))).toEqual(inOrder(joint.map((group) => group.length)))
      expect(inOrder(page?.works.map((work) => work.members))).toEqual(
        inOrder(joint.map((group) => new Set(group.map((at) => read[at]?.holder)).size)),
      )
      for (const work of page?.works ?? []) expect(work.claimedBy).toHaveLength(work.claims)
      const groupOf = new Map(groups.flatMap((group, number) => group.map((at) => [read[at]?.workId, number])))
      const foot = await footOf(alliance)
      for (const [place, { id }] of vendors.entries()) {
        const works = sent.filter(({ vendor }) => vendor === place).flatMap((each) => each.works)
        const distinct = new Set(works.map((work) => groupOf.get(work))).size
        expect(foot.get(id) ?? 0).toBe(distinct)
        once += distinct
        claimed += works.length
      }
    }),
    { numRuns: 15 },
  )
  // The property would hold of nothing, and of claims that nobody shares, too.
  expect(once).toBeGreaterThan(10)
  expect(claimed).toBeGreaterThan(once)
}, 120_000)

test('the works of a vendor are of the notices of now: others, or fewer mandates, and they are counted anew', async () => {
  const alliance = await anAlliance(
    [0, 0, 1, 2].map((holder, place) => ({ holder, identifiers: [Math.min(place, 2)] })),
  )
  const [first] = vendors
  const read = async () => (await footOf(alliance)).get(first?.id ?? '')
  await name(alliance, { holder: 0, vendor: 0, all: true, places: [], stage: 'sent' })
  await name(alliance, { holder: 1, vendor: 0, all: true, places: [], stage: 'sent' })
  expect(await read()).toBeNull()
  await countAll()
  expect(await read()).toBe(3)
  expect(await countAll()).toEqual([0, 0])
  // The third member claims what the second does.
  await name(alliance, { holder: 2, vendor: 0, all: true, places: [], stage: 'sent' })
  expect(await read()).toBeNull()
  await countAll()
  expect(await read()).toBe(3)
  await db.owner.query('delete from mandate_grant where member_id = $1', [alliance.holders[0]?.organisation.id])
  expect(await read()).toBeNull()
  await countAll()
  expect(await read()).toBe(1)
  // A work that its catalogue no longer holds is named all the same by the notice that froze it.
  const { id, workIds } = alliance.catalogues[1] ?? { id: '', workIds: [] }
  await db.owner.query('update work set valid_to = 2 where catalogue_id = $1', [id])
  await insert(db.owner, 'work', {
    catalogue_id: id,
    work_id: newId(),
    valid_from: 2,
    external_id: 'W-9',
    title: 'Work 9',
    search_text: 'work 9',
    row_sha256: 'x',
  })
  await insert(db.owner, 'catalogue_version', {
    catalogue_id: id,
    version: 2,
    works_count: 1,
    works_sha256: 'y',
    made_at: new Date(),
  })
  await db.owner.query('update work_identifier set valid_to = 2 where catalogue_id = $1 and work_id = $2', [
    id,
    workIds[0],
  ])
  await db.owner.query('update catalogue set current_version = 2 where id = $1', [id])
  await name(alliance, { holder: 1, vendor: 0, all: true, places: [], stage: 'sent' }, 2)
  await countAll()
  expect(await read()).toBe(3)
}, 60_000)

test('of a member that lets it see and no more, an association sees no works but those of its notices', async () => {
  const claims = [0, 1, 1, 2, 2].map((holder, place) => ({ holder, identifiers: [place % 2] }))
  const alliance = await anAlliance(claims, [1, 2])
  const shown = async () => {
    await countAll()
    const page = await findJointWorks({ member: alliance.member, after: 0 })
    const works = page?.works.map(({ claimedBy }) => new Set(claimedBy.map(({ id }) => id)))
    return { claims: page?.totals.claims, works }
  }
  const [own, first, second] = alliance.holders.map(({ organisation: { id } }) => id)
  expect(await shown()).toEqual({ claims: 1, works: [] })
  await name(alliance, { holder: 1, vendor: 0, all: false, places: [1], stage: 'sent' })
  expect(await shown()).toEqual({ claims: 2, works: [new Set([own, first])] })
  await name(alliance, { holder: 2, vendor: 1, all: true, places: [], stage: 'sent' })
  expect(await shown()).toMatchObject({ claims: 4 })
  // Taken back before it was sent, it is a draft again.
  await db.owner.query(`update notice set stage = 'draft' where holder_organisation_id = $1`, [second])
  expect(await shown()).toEqual({ claims: 2, works: [new Set([own, first])] })
  await db.owner.query('update mandate_grant set vendors = $2 where member_id = $1', [first, [vendors[1]?.id]])
  expect(await findJointWorks({ member: alliance.member, after: 0 })).toBeNull()
  expect(await shown()).toEqual({ claims: 1, works: [] })
}, 60_000)

test('pages follow each other without a gap', async () => {
  const claims = Array.from({ length: 14 }, (_, at) => ({ holder: at % 2, identifiers: [Math.floor(at / 2)] }))
  const { member } = await anAlliance(claims)
  await countJointWorks()
  const first = await findJointWorks({ member, after: 0, most: 4 })
  const second = await findJointWorks({ member, after: first?.next ?? 0, most: 4 })
  expect([first?.works.length, second?.works.length, second?.next]).toEqual([4, 3, null])
  expect(new Set([...(first?.works ?? []), ...(second?.works ?? [])].map(({ value }) => value)).size).toBe(7)
})

test('nothing is shown once a mandate ends or a catalogue changes, until it is counted anew', async () => {
  const { member, catalogues } = await anAlliance([0, 1, 2].map((holder) => ({ holder, identifiers: [1] })))
  expect(await findJointWorks({ member, after: 0 })).toBeNull()
  await countJointWorks()
  expect(await findJointWorks({ member, after: 0 })).toMatchObject({ totals: { works: 1, claims: 3, jointWorks: 1 } })
  await db.owner.query('delete from mandate_grant where member_id = $1', [catalogues[2]?.organisation.id])
  expect(await findJointWorks({ member, after: 0 })).toBeNull()
  await countJointWorks()
  expect(await findJointWorks({ member, after: 0 })).toMatchObject({ totals: { works: 1, claims: 2, jointWorks: 1 } })
  const changed = catalogues[1]?.id
  await insert(db.owner, 'catalogue_version', {
    catalogue_id: changed,
    version: 2,
    works_count: 0,
    works_sha256: 'x',
    made_at: new Date(),
  })
  await db.owner.query('update work_identifier set valid_to = 2 where catalogue_id = $1', [changed])
  await db.owner.query('update catalogue set current_version = 2 where id = $1', [changed])
  expect(await findJointWorks({ member, after: 0 })).toBeNull()
  await countJointWorks()
  expect(await findJointWorks({ member, after: 0 })).toMatchObject({
    totals: { works: 1, claims: 1, jointWorks: 0 },
    works: [],
  })
})

test('another association sees nothing of it, and counting twice changes nothing', async () => {
  const { member } = await anAlliance([0, 1].map((holder) => ({ holder, identifiers: [1] })))
  await countJointWorks()
  expect(await countJointWorks()).toBe(0)
  const other = await anAssociation(db.owner)
  const asIf = { ...other, organisation: { ...other.organisation, id: member.organisation.id } }
  expect(await findJointWorks({ member: asIf, after: 0 })).toBeNull()
})
