import { describe, expect, test } from 'vitest'
import { setClock } from '#app/platform/clock.server.ts'
import { testDatabase } from '#test/database.ts'
import { aMember, aNotice, aPair, aSentNotice } from '#test/notices.ts'
import { anOrganisation } from '#test/builders.ts'
import { acknowledgeNotice } from './acknowledge-notice.server.ts'
import { findNotices } from './find-notices.server.ts'
import { readNoticesQuery } from './notices-query.ts'
import { asMember } from './taker.server.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const other = await aPair(db.owner)

setClock(new Date('2026-11-02T18:00:00Z'))
const queued = await aNotice(db.owner, pair)
const late = await aSentNotice(db.owner, pair)
const acknowledged = await aSentNotice(db.owner, pair)
await asMember(pair.vendor.member, (tx, taker) =>
  acknowledgeNotice(tx, { taker, noticeIds: [acknowledged.id], reference: 'NL-2291' }),
)
await aSentNotice(db.owner, other)
// Ten days on the acknowledgement is overdue, the decision is not.
setClock(new Date('2026-11-12T18:00:00Z'))

type Viewer = Parameters<typeof findNotices>[0]['member']

async function list(member: Viewer, search = '', most = 50) {
  const page = await findNotices({ member, most, ...readNoticesQuery(`https://caveat.example/notices${search}`) })
  return page && { references: page.notices.map(({ reference }) => reference), matching: page.matching, page }
}

describe('a holder', () => {
  test('sees its own notices, the newest first, and no one else’s', async () => {
    const found = await list(pair.holder.member)
    expect(found?.references).toEqual([acknowledged.reference, late.reference, queued.reference])
    expect(found?.matching).toBe(3)
    expect(found?.page.parties).toEqual([expect.objectContaining({ id: pair.vendor.id, count: 3 })])
  })

  test.each([
    ['?stage=sent', [late.reference]],
    ['?stage=acknowledged&kind=exclusion', [acknowledged.reference]],
    ['?kind=takedown', []],
    ['?outcome=partial', []],
    [`?party=${pair.vendor.id}&stage=queued`, [queued.reference]],
    [`?party=${other.vendor.id}`, []],
    ['?overdue=any', [late.reference]],
    ['?overdue=acknowledgement', [late.reference]],
    ['?overdue=decision', []],
    ['?waiting=vendor', [acknowledged.reference, late.reference]],
    ['?bounced=yes', []],
    ['?q=NL-2291', [acknowledged.reference]],
    [`?q=vendor`, [acknowledged.reference, late.reference, queued.reference]],
    ['?q=nobody-of-this-name', []],
  ])('filters by %s, and the count is that of the rows', async (search, references) => {
    const found = await list(pair.holder.member, search)
    expect(found?.references).toEqual(references)
    expect(found?.matching).toBe(references.length)
  })
})

describe('a vendor', () => {
  test('sees what was sent to it, and nothing before', async () => {
    const found = await list(pair.vendor.member)
    expect(found?.references).toEqual([acknowledged.reference, late.reference])
    expect(found?.matching).toBe(2)
    expect(found?.page.parties).toEqual([expect.objectContaining({ id: pair.holder.organisation.id, count: 2 })])
  })

  test('without a directory entry has no list', async () => {
    const organisation = await anOrganisation(db.owner, 'vendor')
    await expect(list(await aMember(db.owner, organisation, 'vendor', 'owner'))).resolves.toBeNull()
  })
})

test('pages forth and back show every notice once', async () => {
  const many = await aPair(db.owner)
  const all: string[] = []
  for (let count = 0; count < 7; count += 1) all.unshift((await aNotice(db.owner, many, { works: 1 })).reference)
  const first = await list(many.holder.member, '', 3)
  const second = await follow(many.holder.member, first?.page.next)
  const third = await follow(many.holder.member, second?.page.next)
  expect([first, second, third].flatMap((each) => each?.references)).toEqual(all)
  expect([first?.page.previous, third?.page.next]).toEqual([null, null])
  const back = await follow(many.holder.member, third?.page.previous)
  expect(back?.references).toEqual(second?.references)
  expect((await follow(many.holder.member, back?.page.previous))?.page.previous).toBeNull()
})

function follow(member: Viewer, cursor: object | null | undefined) {
  return list(member, `?${new URLSearchParams({ ...cursor })}`, 3)
}
