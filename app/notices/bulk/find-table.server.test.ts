import { describe, expect, test } from 'vitest'
import { acknowledgeNotice } from '#app/notices/acknowledge-notice.server.ts'
import { asMember } from '#app/notices/taker.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { now, setClock } from '#app/platform/clock.server.ts'
import { newId } from '#app/platform/id.ts'
import { anAssociation } from '#test/associations.ts'
import { aVendor, insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aMandate } from '#test/mandates.ts'
import { memberOf } from '#test/members.ts'
import { aNotice, aPair, aSentNotice } from '#test/notices.ts'
import { findFacets } from './find-facets.server.ts'
import { findTable } from './find-table.server.ts'
import { readTableQuery } from './table-query.ts'

const db = await testDatabase()
const association = await anAssociation(db.owner)
const [one, two, stranger] = [await aPair(db.owner), await aPair(db.owner), await aPair(db.owner)]
const mandateOf = (pair: typeof one, terms = {}) =>
  aMandate(db.owner, {
    associationId: association.organisation.id,
    memberId: pair.holder.organisation.id,
    acceptedBy: pair.holder.person.id,
    ...terms,
  })
const mandate = await mandateOf(one)
await mandateOf(two)

setClock(new Date('2026-11-02T18:00:00Z'))
const queued = await aNotice(db.owner, one)
const late = await aSentNotice(db.owner, one)
const acknowledged = await aSentNotice(db.owner, two)
await asMember(two.vendor.member, (tx, taker) =>
  acknowledgeNotice(tx, { taker, noticeIds: [acknowledged.id], reference: 'NL-2291' }),
)
const foreign = await aSentNotice(db.owner, stranger)
setClock(new Date('2026-11-12T18:00:00Z'))
// Days are those of the association, in Tokyo.
const [{ filedOn, dayBefore }] = (
  await db.owner.query(`select (created_at at time zone 'Asia/Tokyo')::date::text as "filedOn",
    ((created_at at time zone 'Asia/Tokyo')::date - 1)::text as "dayBefore" from notice limit 1`)
).rows

type Viewer = Parameters<typeof findTable>[0]['member']

async function references(member: Viewer, search = '', most = 50): Promise<readonly string[] | undefined> {
  const page = await findTable({
    member,
    most,
    query: readTableQuery(`https://caveat.example/association/notices${search}`),
  })
  if (page && page.next === null && page.matching !== page.rows.length)
    throw new Error('The count is not that of the rows')
  return page?.rows.map(({ reference }) => reference)
}

describe('an association', () => {
  test('sees the notices of the members whose mandates it has, and no others', async () => {
    expect(await references(association.member)).toEqual([acknowledged.reference, late.reference, queued.reference])
  })

  test.each([
    ['?state=waiting', [late.reference, queued.reference]],
    ['?state=acknowledged', [acknowledged.reference]],
    ['?state=overdue', [late.reference]],
    ['?state=decided', []],
    ['?state=pending', [acknowledged.reference, late.reference, queued.reference]],
    [`?member=${one.holder.organisation.id}`, [late.reference, queued.reference]],
    [`?member=${stranger.holder.organisation.id}`, []],
    [`?vendor=${two.vendor.id}`, [acknowledged.reference]],
    ['?measure=RETRAIN_OR_UNLEARN', []],
    ['?measure=REMOVE_FROM_DATASETS&kind=exclusion', [acknowledged.reference, late.reference, queued.reference]],
    [`?from=${filedOn}&to=${filedOn}`, [acknowledged.reference, late.reference, queued.reference]],
    [`?to=${dayBefore}`, []],
    [`?from=${filedOn}`, [acknowledged.reference, late.reference, queued.reference]],
    ['?assignee=nobody&sort=oldest', [queued.reference, late.reference, acknowledged.reference]],
    ['?q=NL-2291', [acknowledged.reference]],
    [`?q=${foreign.reference}`, []],
    [`?q=${late.reference.toLowerCase().replaceAll('-', ' ')}`, [late.reference]],
    ['?tag=urgent', []],
  ])('filters by %s, and the count is that of the rows', async (search, expected) => {
    expect(await references(association.member, search)).toEqual(expected)
  })

  test('finds titles by a fragment, in whatever kana and width they are typed', async () => {
    const pair = await aPair(db.owner)
    await mandateOf(pair)
    const cited = await aNotice(db.owner, pair)
    await db.owner.query(
      `update work set title = '千と千尋の神隠し', search_text = '千と千尋の神隠し となりのととろ' where catalogue_id = $1 and external_id = 'W-2'`,
      [cited.catalogue.id],
    )
    expect(await references(association.member, `?q=${encodeURIComponent('千尋')}`)).toEqual([cited.reference])
    expect(await references(association.member, `?q=${encodeURIComponent('トトロ')}`)).toEqual([cited.reference])
    expect(await references(association.member, `?q=${encodeURIComponent('千_')}`)).toEqual([])
  })

  test('counts by values under the filter', async () => {
    const facets = await findFacets({ member: association.member, filter: { member: one.holder.organisation.id } })
    expect(facets?.vendors).toEqual([expect.objectContaining({ value: one.vendor.id, count: 2 })])
    expect(facets?.states.find(({ value }) => value === 'overdue')?.count).toBe(1)
    expect(facets?.measures.map(({ count }) => count)).toEqual([2, 2])
    expect(facets?.cut).toBe(false)
    const cut = await findFacets({ member: association.member, filter: { tag: 'none' }, most: 1 })
    expect(cut?.vendors).toEqual([])
  })

  test.each(['newest', 'oldest', 'due'])('walks every row once there and back, ordered by %s', async (sort) => {
    const all = (await references(association.member, `?sort=${sort}`)) ?? []
    const walked: string[] = []
    let cursor = readTableQuery(`https://caveat.example/?sort=${sort}`).cursor
    const query = readTableQuery(`https://caveat.example/?sort=${sort}`)
    for (;;) {
      const page = await findTable({ member: association.member, query: { ...query, cursor }, most: 1 })
      walked.push(...(page?.rows ?? []).map(({ reference }) => reference))
      if (!page || page.next === null) {
        cursor = page?.previous ?? null
        break
      }
      cursor = page.next
    }
    expect(walked).toEqual(all)
    const back: string[] = []
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof findTable>> = await findTable({
        member: association.member,
        query: { ...query, cursor },
        most: 1,
      })
      back.unshift(...(page?.rows ?? []).map(({ reference }) => reference))
      cursor = page?.previous ?? null
    }
    expect(back).toEqual(all.slice(0, -1))
  })
})

describe('a mandate', () => {
  test('that ended, has not begun or was revoked shows nothing', async () => {
    const pair = await aPair(db.owner)
    await aSentNotice(db.owner, pair)
    const own = await mandateOf(pair, { endsAt: new Date(now().getTime() - 1000) })
    const search = `?member=${pair.holder.organisation.id}`
    expect(await references(association.member, search)).toEqual([])
    await db.owner.query(
      `update mandate_grant set ends_at = null, starts_at = $2::timestamptz + interval '1 day' where mandate_id = $1`,
      [own.id, now()],
    )
    expect(await references(association.member, search)).toEqual([])
    await db.owner.query(
      `update mandate_grant set starts_at = $2::timestamptz - interval '1 day' where mandate_id = $1`,
      [own.id, now()],
    )
    expect(await references(association.member, search)).toHaveLength(1)
    await db.owner.query(`delete from mandate_grant where mandate_id = $1`, [own.id])
    expect(await references(association.member, search)).toEqual([])
  })

  test.each(['vendors', 'catalogues', 'measures'] as const)('narrowed to some %s shows only those', async (what) => {
    const pair = await aPair(db.owner)
    const inside = await aSentNotice(db.owner, pair, { measures: ['STOP_TRAINING_FUTURE'] })
    const outside = await aSentNotice(db.owner, { ...pair, vendor: { ...pair.vendor, ...(await aVendor(db.owner)) } })
    const narrow = { vendors: [pair.vendor.id], catalogues: [inside.catalogue.id], measures: ['STOP_TRAINING_FUTURE'] }
    await mandateOf(pair, { [what]: narrow[what] })
    const search = `?member=${pair.holder.organisation.id}`
    expect(await references(association.member, search)).toEqual([inside.reference])
    expect(await references(association.member, `?q=${outside.reference}`)).toEqual([])
    const facets = await findFacets({ member: association.member, filter: { member: pair.holder.organisation.id } })
    expect(facets?.vendors.map(({ value }) => value)).toEqual([pair.vendor.id])
  })

  test('of another association of the same person opens nothing here', async () => {
    const other = await anAssociation(db.owner)
    const pair = await aPair(db.owner)
    const notice = await aSentNotice(db.owner, pair)
    await aMandate(db.owner, {
      associationId: other.organisation.id,
      memberId: pair.holder.organisation.id,
      acceptedBy: pair.holder.person.id,
    })
    await mandateOf(pair, { vendors: [newId()] })
    await insert(db.owner, 'membership', {
      id: newId(),
      person_id: association.person.id,
      organisation_id: other.organisation.id,
      role: 'owner',
      created_at: new Date(),
    })
    expect(await references(association.member, `?member=${pair.holder.organisation.id}`)).toEqual([])
    const both = memberOf(association.person, other.organisation, { kind: 'association' })
    expect(await references(both)).toEqual([notice.reference])
    await db.owner.query('delete from membership where organisation_id = $1 and person_id = $2', [
      other.organisation.id,
      association.person.id,
    ])
  })

  test('shows neither drafts nor what a member has still to approve', async () => {
    const pair = await aPair(db.owner)
    await mandateOf(pair)
    const notice = await aNotice(db.owner, pair)
    await db.owner.query(`update notice set stage = 'awaiting_approval' where id = $1`, [notice.id])
    expect(await references(association.member, `?member=${pair.holder.organisation.id}`)).toEqual([])
    await db.owner.query(`update notice set stage = 'draft' where id = $1`, [notice.id])
    expect(await references(association.member, `?member=${pair.holder.organisation.id}`)).toEqual([])
  })
})

test('a holder’s table shows its own notices and nobody else’s', async () => {
  expect(await references(one.holder.member)).toEqual([late.reference, queued.reference])
  expect(await references(one.vendor.member)).toBeUndefined()
})

async function lateRowOf(member: Viewer) {
  const page = await findTable({ member, query: readTableQuery('https://caveat.example/?state=overdue') })
  return page?.rows[0]
}

test('what one organisation notes about a notice, the other never sees', async () => {
  const at = new Date()
  const on = { notice_id: late.id }
  for (const { organisation, person, tag } of [
    { ...association, tag: 'ours' },
    { ...one.holder, tag: 'theirs' },
  ]) {
    const own = { ...on, organisation_id: organisation.id }
    await insert(db.owner, 'notice_tag', { ...own, tag, tagged_by: person.id, tagged_at: at })
    await insert(db.owner, 'notice_note', { ...own, id: newId(), text: tag, written_by: person.id, written_at: at })
    await insert(db.owner, 'notice_assignment', {
      ...own,
      person_id: person.id,
      assigned_by: person.id,
      assigned_at: at,
    })
  }
  expect(await lateRowOf(association.member)).toMatchObject({
    tags: ['ours'],
    assignee: association.person.name,
    notes: 1,
  })
  expect(await lateRowOf(one.holder.member)).toMatchObject({
    tags: ['theirs'],
    assignee: one.holder.person.name,
    notes: 1,
  })
  for (const table of ['notice_tag', 'notice_note', 'notice_assignment']) {
    const seen = (personId: string) =>
      withPerson(personId, (tx) =>
        tx.$queryRawUnsafe<{ organisation_id: string }[]>(`select organisation_id from ${table}`),
      )
    expect(await seen(association.person.id)).toEqual([{ organisation_id: association.organisation.id }])
    expect(await seen(one.holder.person.id)).toEqual([{ organisation_id: one.holder.organisation.id }])
    expect(await seen(one.vendor.person.id)).toEqual([])
  }
  expect(await references(association.member, '?tag=ours')).toEqual([late.reference])
  expect(await references(association.member, '?tag=theirs')).toEqual([])
  expect(await references(association.member, `?assignee=${association.person.id}`)).toEqual([late.reference])
  await db.owner.query('delete from mandate_grant where mandate_id = $1', [mandate.id])
  expect(await references(association.member, '?tag=ours')).toEqual([])
  expect(await withPerson(association.person.id, (tx) => tx.noticeNote.findMany())).toEqual([])
})
