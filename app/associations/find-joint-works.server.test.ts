import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from '#app/platform/id.ts'
import { aCatalogue, aHolder, insert } from '#test/builders.ts'
import { anAssociation } from '#test/coverage.ts'
import { testDatabase } from '#test/database.ts'
import { aMandate } from '#test/mandates.ts'
import { countJointWorks } from './count-joint-works.server.ts'
import { findJointWorks } from './find-joint-works.server.ts'

const db = await testDatabase()

type Claim = { holder: number; identifiers: readonly number[] }

/** An association whose members claim these works; identifiers with equal numbers are equal. */
async function anAlliance(claims: readonly Claim[]) {
  const member = await anAssociation(db.owner)
  const mark = newId()
  const catalogues = []
  for (const holder of [0, 1, 2]) {
    const own = claims.filter((claim) => claim.holder === holder)
    const { organisation, person } = await aHolder(db.owner)
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
    })
    catalogues.push({ ...catalogue, organisation })
  }
  return { member, catalogues }
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

const inOrder = (sizes: readonly number[] | undefined) => sizes?.toSorted((one, other) => one - other)
const claim = fc.record({ holder: fc.nat(2), identifiers: fc.array(fc.nat(7), { maxLength: 3 }) })

test('a work that several members claim counts once, whatever its identifiers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(claim, { maxLength: 12 }), async (claims) => {
      const { member } = await anAlliance(claims)
      await countJointWorks()
      const page = await findJointWorks({ member, after: 0 })
      const groups = groupsOf(claims)
      const joint = groups.filter((group) => group.length > 1)
      expect(page?.totals).toEqual({ claims: claims.length, works: groups.length, jointWorks: joint.length })
      expect(inOrder(page?.works.map((work) => work.claims))).toEqual(inOrder(joint.map((group) => group.length)))
      expect(inOrder(page?.works.map((work) => work.members))).toEqual(
        inOrder(joint.map((group) => new Set(group.map((at) => claims[at]?.holder)).size)),
      )
      for (const work of page?.works ?? []) expect(work.claimedBy).toHaveLength(work.claims)
    }),
    { numRuns: 15 },
  )
}, 120_000)

test('pages follow each other without a gap', async () => {
  const { member } = await anAlliance(
    Array.from({ length: 14 }, (_, at) => ({ holder: at % 2, identifiers: [Math.floor(at / 2)] })),
  )
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
