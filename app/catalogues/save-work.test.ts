import { parseWithZod } from '@conform-to/zod/v4'
import { describe, expect, test } from 'vitest'
import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { aCatalogue, aHolder } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { findWork } from './find-work.server.ts'
import { findWorks } from './find-works.server.ts'
import { saveWork, type SaveVerdict } from './save-work.server.ts'
import { contentOf, formValuesOf, workFormFor } from './work-form.ts'
import type { WorkRow } from './work-row.ts'
import { worksPerPage } from './works-query.ts'

const db = await testDatabase()
const holder = await aHolder(db.owner)

const member: Member = {
  personId: holder.person.id,
  sessionId: holder.person.id,
  signedInAt: new Date(),
  strong: false,
  name: holder.person.name,
  nameOther: null,
  email: holder.person.email,
  locale: 'en',
  timeZone: 'Asia/Tokyo',
  theme: null,
  shortcuts: true,
  isDemo: false,
  memberships: [],
  organisation: {
    id: holder.organisation.id,
    kind: 'rights_holder',
    slug: 'holder',
    name: 'Holder',
    nameOther: null,
    role: 'owner',
    verified: true,
    secondFactor: false,
    closesAt: null,
    isDemo: false,
    timeZone: 'Asia/Tokyo',
  },
}

function parse(values: Record<string, string>, before: WorkRow | null = null) {
  const form = new FormData()
  for (const [name, value] of Object.entries(values)) form.append(name, value)
  return parseWithZod(form, { schema: workFormFor(before) })
}

async function save(
  catalogueId: string,
  values: Record<string, string>,
  before: WorkRow | null = null,
): Promise<SaveVerdict> {
  const submission = parse(values, before)
  if (submission.status !== 'success') throw new Error(JSON.stringify(submission.error))
  return saveWork({
    member,
    catalogueId,
    workId: before?.workId ?? null,
    externalId: submission.value.externalId ?? null,
    basedOn: submission.value.basedOn ?? null,
    content: contentOf(submission.value, before),
  })
}

async function workOf(catalogueId: string, workId: string): Promise<WorkRow> {
  const found = await withPerson(member.personId, (tx) => findWork(tx, { catalogueId, workId }))
  if (found === null) throw new Error('no such work')
  return found.work
}

const values = {
  title: '火垂るの墓',
  titleKana: 'ホタルノハカ',
  titleEn: 'Grave of the Fireflies',
  externalId: 'C410175',
  kind: 'film',
  released: '1988-04',
  parties: '[製作]新潮社\n[制作]スタジオジブリ',
  identifiers: 'imdb tt0095327\nEIDR 10.5240/7791-8534-2C23-9030-8610-5',
  locations: 'example.com/hotaru\nexample.com/stills/*',
}

describe('a work by hand', () => {
  test('is added with a new version, edited with another, and not saved twice', async () => {
    const { id: catalogueId } = await aCatalogue(db.owner, holder.organisation.id)
    const added = await save(catalogueId, values)
    expect(added).toMatchObject({ allowed: true, version: 2 })
    if (!added.allowed) return
    const work = await workOf(catalogueId, added.workId)
    expect(work).toMatchObject({
      title: '火垂るの墓',
      externalId: 'C410175',
      kind: 'film',
      year: 1988,
      releasedOn: '1988-04-01',
      releasedPrecision: 'month',
      rights: {
        parties: [
          { name: '新潮社', role: '製作' },
          { name: 'スタジオジブリ', role: '制作' },
        ],
      },
      identifiers: [
        { scheme: 'eidr', valid: true },
        { scheme: 'imdb', value: 'tt0095327' },
      ],
      locations: [
        { kind: 'exact', url: 'http://example.com/hotaru' },
        { kind: 'prefix', url: 'http://example.com/stills/' },
      ],
    })
    const again = { ...formValuesOf(work), externalId: work.externalId }
    expect(await save(catalogueId, again, work)).toMatchObject({ allowed: true, version: null })
    expect(await save(catalogueId, { ...again, title: '火垂るの墓（1988）' }, work)).toMatchObject({
      allowed: true,
      version: 3,
    })
    // Whoever still has the old form is told, and overwrites nothing.
    expect(await save(catalogueId, { ...again, title: 'x' }, work)).toEqual({ allowed: false, because: 'stale' })
    const { rows } = await db.owner.query(
      'select version, works_count, added, changed from catalogue_version where catalogue_id = $1 order by 1',
      [catalogueId],
    )
    expect(rows).toEqual([
      { version: 1, works_count: 3, added: 3, changed: 0 },
      { version: 2, works_count: 4, added: 1, changed: 0 },
      { version: 3, works_count: 4, added: 0, changed: 1 },
    ])
  })

  test('of one form that was sent twice is added once', async () => {
    const { id } = await aCatalogue(db.owner, holder.organisation.id)
    const submission = parse({ title: 'Sent twice' })
    if (submission.status !== 'success') throw new Error('the form was read')
    const content = contentOf(submission.value, null)
    const work = { member, catalogueId: id, workId: null, newWorkId: newId(), externalId: null, basedOn: null, content }
    const both = await Promise.all([saveWork(work), saveWork(work)])
    expect(both).toEqual([both[0], both[0]])
    const { rows } = await db.owner.query(
      `select count(*)::int as n from work where catalogue_id = $1 and title = 'Sent twice'`,
      [id],
    )
    expect(rows).toEqual([{ n: 1 }])
  })

  test('keeps its own identity without a number, and no two have the same', async () => {
    const { id: catalogueId } = await aCatalogue(db.owner, holder.organisation.id)
    const added = await save(catalogueId, { title: 'One' })
    if (!added.allowed) throw new Error(added.because)
    expect((await workOf(catalogueId, added.workId)).externalId).toBe(`work:${added.workId}`)
    expect(await save(catalogueId, { title: 'Two', externalId: 'W-1' })).toEqual({
      allowed: false,
      because: 'external-id-taken',
    })
  })

  test('is refused to viewers and to others', async () => {
    const { id: catalogueId } = await aCatalogue(db.owner, holder.organisation.id)
    const viewer = { ...member, organisation: { ...member.organisation, role: 'viewer' as const } }
    const given = {
      catalogueId,
      workId: null,
      externalId: null,
      basedOn: null,
      content: { title: 'x', titles: {}, rights: {}, identifiers: [], locations: [] },
    }
    expect(await saveWork({ ...given, member: viewer })).toEqual({ allowed: false, because: 'role' })
    const other = await aHolder(db.owner)
    await expect(saveWork({ ...given, member: { ...member, personId: other.person.id } })).rejects.toThrow(/not open/u)
  })

  test.for([
    [{ title: '' }, 'title'],
    [{ title: '\u200E ' }, 'title'],
    [{ title: 'x', released: '03/04/2005' }, 'released'],
    [{ title: 'x', identifiers: 'ISBN 439023483' }, 'identifiers'],
    [{ title: 'x', identifiers: '978-3-16-148410-0' }, 'identifiers'],
    [{ title: 'x', locations: 'javascript:alert(1)' }, 'locations'],
  ] as const)('%j is wrong at %s', ([given, field]) => {
    const submission = parse(given)
    expect(submission.status === 'error' && Object.keys(submission.error ?? {})).toEqual([field])
  })

  test('a repair is offered in words', () => {
    const submission = parse({ title: 'x', identifiers: 'ISBN 439023483' })
    expect(submission.status === 'error' ? submission.error?.['identifiers']?.[0] : undefined).toContain(
      'Did you mean 9780439023481?',
    )
  })
})

describe('the list of works', () => {
  test('pages forwards and backwards over equal and over long titles', async () => {
    const titles = [
      ...Array.from({ length: 60 }, () => 'Same'),
      ...Array.from({ length: 60 }, (_, index) => `T${String(index).padStart(3, '0')} ${'長'.repeat(600)}`),
    ]
    const { id: catalogueId } = await aCatalogue(db.owner, holder.organisation.id, { titles })
    const page = (cursor: { after?: string | null; before?: string | null }) =>
      withPerson(member.personId, (tx) =>
        findWorks(tx, {
          catalogueId,
          version: 1,
          filter: { search: '', kind: null, version: null },
          cursor: { after: null, before: null, ...cursor },
        }),
      )
    const first = await page({})
    const second = await page({ after: first.next })
    const third = await page({ after: second.next })
    expect([first, second, third].map(({ works }) => works.length)).toEqual([worksPerPage, worksPerPage, 20])
    const all = [first, second, third].flatMap(({ works }) => works.map(({ workId }) => workId))
    expect(new Set(all).size).toBe(120)
    expect([first.previous, third.next]).toEqual([null, null])
    const back = await page({ before: third.previous })
    expect(back.works.map(({ workId }) => workId)).toEqual(second.works.map(({ workId }) => workId))
    expect((await page({ before: back.previous })).previous).toBeNull()
    expect(first.found).toBe(120)
  })

  test('finds by fragment and kind in any version, and shows strangers nothing', async () => {
    const { id: catalogueId } = await aCatalogue(db.owner, holder.organisation.id)
    await save(catalogueId, values)
    const find = (who: string, version: number, search: string, kind: string | null = null) =>
      withPerson(who, async (tx) => {
        const found = await findWorks(tx, {
          catalogueId,
          version,
          filter: { search, kind, version: null },
          cursor: { after: null, before: null },
        })
        return [found.found, found.works.length]
      })
    expect(await find(member.personId, 2, 'ほたる')).toEqual([1, 1])
    expect(await find(member.personId, 2, 'TT0095327', 'film')).toEqual([1, 1])
    expect(await find(member.personId, 2, 'ほたる', 'game')).toEqual([0, 0])
    expect(await find(member.personId, 1, 'ほたる')).toEqual([0, 0])
    expect(await find(member.personId, 2, '100%')).toEqual([0, 0])
    const other = await aHolder(db.owner)
    expect(await find(other.person.id, 2, 'ほたる')).toEqual([0, 0])
  })
})
