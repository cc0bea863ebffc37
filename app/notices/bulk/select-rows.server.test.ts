import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from '#app/platform/id.ts'
import { anAssociation } from '#test/associations.ts'
import { aVendor, insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aMandate } from '#test/mandates.ts'
import { copyNotices } from '#test/many-notices.ts'
import { aPair, aSentNotice } from '#test/notices.ts'
import { changeChoice, chooseNotices } from './choose-notices.server.ts'
import { queueAct } from './queue-act.server.ts'
import type { TableFilter } from './table-query.ts'

const db = await testDatabase()
const association = await anAssociation(db.owner)
const pairs = [await aPair(db.owner), await aPair(db.owner), await aPair(db.owner)]
const secondVendor = await aVendor(db.owner)
// The first member gives all, the second one vendor, the third nothing.
const terms = [{}, { vendors: [secondVendor.id] }]
for (const [index, given] of terms.entries()) {
  const holder = pairs[index]?.holder
  if (holder)
    await aMandate(db.owner, {
      associationId: association.organisation.id,
      memberId: holder.organisation.id,
      acceptedBy: holder.person.id,
      ...given,
    })
}

type Model = { id: string; holder: string; vendor: string; stage: string; tagged: boolean }

async function everything(): Promise<Model[]> {
  const { rows } = await db.owner.query<Model>(
    `select n.id, n.holder_organisation_id as holder, n.vendor_id as vendor, n.stage,
       exists (select from notice_tag t where t.notice_id = n.id and t.tag = 'x') as tagged from notice n order by n.id`,
  )
  return rows
}

for (const pair of pairs)
  for (const vendor of [pair.vendor, secondVendor]) {
    const notice = await aSentNotice(db.owner, { ...pair, vendor: { ...pair.vendor, ...vendor } })
    await copyNotices(db.owner, notice.id, 5)
  }
for (const { id } of (await everything()).filter((_, index) => index % 3 === 0))
  await insert(db.owner, 'notice_tag', {
    organisation_id: association.organisation.id,
    notice_id: id,
    tag: 'x',
    tagged_by: association.person.id,
    tagged_at: new Date(),
  })

const [first, second] = pairs.map(({ holder }) => holder.organisation.id)

// What a mandate lets see, said without a database.
function isCovered({ holder, vendor }: Model): boolean {
  return holder === first || (holder === second && vendor === secondVendor.id)
}

function matches({ member, vendor, state, tag }: TableFilter, notice: Model): boolean {
  return (
    (member === undefined || notice.holder === member) &&
    (vendor === undefined || notice.vendor === vendor) &&
    (state === undefined || (state === 'waiting') === (notice.stage === 'sent')) &&
    (tag === undefined || notice.tagged)
  )
}

const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined })
const aFilter = fc
  .record({
    member: maybe(fc.constantFrom(...pairs.map(({ holder }) => holder.organisation.id))),
    vendor: maybe(fc.constantFrom(secondVendor.id, ...pairs.map(({ vendor }) => vendor.id))),
    state: maybe(fc.constantFrom('waiting' as const, 'decided' as const)),
    tag: maybe(fc.constant('x')),
  })
  .map((filter): TableFilter => filter)

async function rowsOf(actId: string): Promise<string[]> {
  const { rows } = await db.owner.query<{ id: string }>(
    'select notice_id as id from bulk_row where act_id = $1 order by position',
    [actId],
  )
  return rows.map(({ id }) => id)
}

test(
  'a selection is what a naive model selects: covered, matching, not left out, not newer than its mark',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        aFilter,
        fc.array(fc.nat(), { maxLength: 6 }),
        fc.boolean(),
        fc.boolean(),
        async (filter, outAt, putBack, late) => {
          const before = await everything()
          const chosen = before.filter((notice) => isCovered(notice) && matches(filter, notice))
          const actId = newId()
          const came = await chooseNotices(association.member, { actId, choice: { kind: 'all', filter } })
          expect(came.chosen).toBe(chosen.length > 0)
          if (!came.chosen) return
          const out = outAt.flatMap((at) => before[at % before.length]?.id ?? [])
          await changeChoice(association.member, { actId, leaveOut: out })
          if (putBack) await changeChoice(association.member, { actId, leaveOut: null })
          // What is filed after the choice never slips in, whatever it matches.
          const lateId = newId()
          if (late)
            await db.owner.query(
              `with f as (insert into filing select (jsonb_populate_record(f, jsonb_build_object('id', $2::uuid, 'reference', 'FIL-' || $2, 'idempotency_key', $2))).* from filing f
             join notice n on n.filing_id = f.id where n.id = $1::uuid returning 1)
           insert into notice select (jsonb_populate_record(n, jsonb_build_object('id', $2::uuid, 'reference', 'CAV-' || $2, 'verify_code', $2, 'filing_id', $2::uuid))).* from notice n, f where n.id = $1::uuid`,
              [chosen.at(-1)?.id, lateId],
            )
          const queued = await queueAct(association.member, { actId, asked: { act: 'tag', tag: 'y' } })
          const wanted = chosen.map(({ id }) => id).filter((id) => putBack || !out.includes(id))
          expect(queued.queued).toBe(wanted.length > 0)
          expect(await rowsOf(actId)).toEqual(wanted.toReversed())
        },
      ),
      { numRuns: 60 },
    )
  },
)

test('what stops matching before the act begins drops out', async () => {
  const actId = newId()
  await chooseNotices(association.member, { actId, choice: { kind: 'all', filter: { tag: 'x' } } })
  const gone = (await everything()).find((notice) => notice.tagged && isCovered(notice))
  await db.owner.query(`delete from notice_tag where notice_id = $1`, [gone?.id])
  await queueAct(association.member, { actId, asked: { act: 'tag', tag: 'y' } })
  const rows = await rowsOf(actId)
  expect(rows.length).toBeGreaterThan(0)
  expect(rows).not.toContain(gone?.id)
})
