import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { aCatalogue, aHolder, aVendor, insert } from '#test/builders.ts'
import { anAssociation, type AnnexedMember } from '#test/collective.ts'
import { collectiveReader } from '#test/collective-reader.ts'
import { testDatabase } from '#test/database.ts'
import { aMandate } from '#test/mandates.ts'
import { memberOf } from '#test/members.ts'

const { owner } = await testDatabase()
const { noticesOf, made } = collectiveReader(owner)

type Work = { member: string; identifier: string; title_ja: string; title_en: string }
const works: Work[] = parse(readFileSync(join(import.meta.dirname, '../../test/fixtures/coda/works.csv'), 'utf8'), {
  columns: true,
})

async function memberOfCoda(
  association: Awaited<ReturnType<typeof anAssociation>>,
  name: string,
): Promise<AnnexedMember> {
  const own = works.filter(({ member }) => member === name)
  const holder = await aHolder(owner, { name })
  const catalogue = await aCatalogue(owner, holder.organisation.id, { titles: own.map(({ title_ja }) => title_ja) })
  for (const [index, { identifier }] of own.entries())
    await insert(owner, 'work_identifier', {
      catalogue_id: catalogue.id,
      work_id: catalogue.workIds[index],
      scheme: 'madb',
      value: identifier,
      raw: identifier,
      valid_from: 1,
    })
  const mandate = await aMandate(owner, {
    associationId: association.organisation.id,
    memberId: holder.organisation.id,
    acceptedBy: holder.person.id,
    scopes: ['view', 'file'],
  })
  return { ...holder, catalogue, mandate, member: memberOf(holder.person, holder.organisation) }
}

// The two demands of the letter of 27 October 2025: no training without permission, and answers to members' claims about outputs.
test('both demands of a letter for seven members, an annex each, with the works that several claim kept in each', async () => {
  const association = await anAssociation(owner, { name: 'Content Overseas Distribution Association' })
  const names = [...new Set(works.map(({ member }) => member))]
  expect(names).toHaveLength(7)
  const members = []
  for (const name of names) members.push(await memberOfCoda(association, name))
  const vendor = await aVendor(owner)
  const draft = await made({ association, members, vendorIds: [vendor.id] })
  const notices = await noticesOf(draft.reference)
  expect(notices).toHaveLength(7)
  const countOf = new Map(members.map(({ organisation, catalogue }) => [organisation.id, catalogue.workIds.length]))
  for (const { holder, works_count } of notices) expect(works_count).toBe(countOf.get(holder))
  const { rows: asked } = await owner.query(
    `select distinct m.measure from notice_measure m join notice n on n.id = m.notice_id join filing f on f.id = n.filing_id
     where f.reference = $1 order by 1`,
    [draft.reference],
  )
  expect(asked.map(({ measure }) => measure)).toEqual(['RESPOND_TO_OUTPUT_CLAIMS', 'STOP_TRAINING_FUTURE'])
  const { rows: claimed } = await owner.query(
    `select i.value, count(*)::int as members from notice n join filing f on f.id = n.filing_id join notice_scope s on s.id = n.scope_id
     join work_identifier i on i.catalogue_id = s.catalogue_id where f.reference = $1 group by i.value`,
    [draft.reference],
  )
  const joint = claimed.filter((each) => each.members > 1)
  expect(joint.length).toBeGreaterThan(5)
  expect(claimed).toHaveLength(new Set(works.map(({ identifier }) => identifier)).size)
  expect(notices.reduce((sum, { works_count }) => sum + works_count, 0)).toBe(works.length)
})
