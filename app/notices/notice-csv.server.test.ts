import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { withPerson } from '#app/platform/db.server.ts'
import { insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aPair, aSentNotice } from '#test/notices.ts'
import { annexLines, matrixLines, type Read } from './notice-csv.server.ts'
import { recordOutcomes } from './record-outcomes.server.ts'
import { asMember } from './taker.server.ts'
import { withdrawWorks } from './withdraw-works.server.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const { vendor, holder } = pair
const read: Read = (fn) => withPerson(vendor.person.id, fn)

async function textOf(lines: AsyncGenerator<string>): Promise<string> {
  let text = ''
  for await (const line of lines) text += line
  return text
}

const rowsOf = async (lines: AsyncGenerator<string>): Promise<string[][]> =>
  parse((await textOf(lines)).replace(/^\uFEFF/, ''))

const measures = [
  {
    measure: 'STOP_TRAINING_FUTURE',
    detail: null,
    outcome: 'accepted_excluded',
    code: null,
    text: null,
    effectiveOn: null,
  },
  { measure: 'REMOVE_FROM_DATASETS', detail: null, outcome: 'pending', code: null, text: null, effectiveOn: null },
] as const

async function aSent(works: number) {
  const made = await aSentNotice(db.owner, pair, { works })
  return {
    ...made,
    scope: { id: made.scopeId, catalogueId: made.catalogue.id, version: 1, kind: 'all' },
    measures,
    sequence: 3,
  } as const
}

test('the answers are one line per work and measure, with the default where a work has none of its own', async () => {
  const notice = await aSent(2)
  const [first = '', second = ''] = notice.catalogue.workIds
  const answer = { outcome: 'refused', code: 'other', text: '=HYPERLINK("https://x.example")' } as const
  await asMember(vendor.member, (tx, taker) =>
    recordOutcomes(tx, {
      taker,
      noticeIds: [notice.id],
      settings: [{ measures: ['REMOVE_FROM_DATASETS'], works: { kind: 'chosen', workIds: [second] }, answer }],
    }),
  )
  expect(await rowsOf(matrixLines(read, notice))).toEqual([
    [
      'work_id',
      'external_id',
      'title',
      'year',
      'measure',
      'outcome',
      'code',
      'text',
      'effective_on',
      `${notice.reference}@3`,
    ],
    [first, 'W-1', 'Work 1', '', 'STOP_TRAINING_FUTURE', 'accepted_excluded', '', '', '', ''],
    [first, 'W-1', 'Work 1', '', 'REMOVE_FROM_DATASETS', 'pending', '', '', '', ''],
    [second, 'W-2', 'Work 2', '', 'STOP_TRAINING_FUTURE', 'accepted_excluded', '', '', '', ''],
    // A text that a spreadsheet would run comes out as a text.
    [
      second,
      'W-2',
      'Work 2',
      '',
      'REMOVE_FROM_DATASETS',
      'refused',
      'other',
      `'=HYPERLINK("https://x.example")`,
      '',
      '',
    ],
  ])
})

test('the annex names identifiers and addresses as they stood in the cited version', async () => {
  const notice = await aSent(1)
  const [workId] = notice.catalogue.workIds
  await db.owner.query('update work set title = $2, creators = $3, year = 1999 where work_id = $1', [
    workId,
    '-ナルト- "疾風伝", 2',
    '+81',
  ])
  const identifier = {
    catalogue_id: notice.catalogue.id,
    work_id: workId,
    scheme: 'isbn',
    value: '9784000000000',
    raw: '4-00',
    valid_from: 1,
  }
  await insert(db.owner, 'work_identifier', identifier)
  await insert(db.owner, 'work_identifier', { ...identifier, value: 'later', valid_from: 2 })
  await insert(db.owner, 'work_location', {
    catalogue_id: notice.catalogue.id,
    work_id: workId,
    kind: 'exact',
    canonical_url: 'https://films.example/naruto',
    url_sha256: Buffer.alloc(32),
    valid_from: 1,
  })
  expect(await rowsOf(annexLines(read, notice))).toEqual([
    ['external_id', 'title', 'creators', 'kind', 'year', 'identifiers', 'locations'],
    ['W-1', `'-ナルト- "疾風伝", 2`, `'+81`, '', '1999', 'isbn 9784000000000', 'https://films.example/naruto'],
  ])
})

test('a file begins with the mark that spreadsheets want, and holds every work of a long list once', async () => {
  const notice = await aSent(2_003)
  const text = await textOf(annexLines(read, notice))
  expect(text.startsWith('\uFEFFexternal_id,')).toBe(true)
  const ids = text
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.split(',')[0])
  expect(ids).toHaveLength(2_003)
  expect(new Set(ids).size).toBe(2_003)
}, 60_000)

test('a list names its own works alone, and nobody else reads any', async () => {
  const notice = await aSent(3)
  const [first] = notice.catalogue.workIds
  await db.owner.query(`update notice_scope set kind = 'listed' where id = $1`, [notice.scopeId])
  await insert(db.owner, 'notice_scope_work', { scope_id: notice.scopeId, work_id: first })
  const listed = { ...notice, scope: { ...notice.scope, kind: 'listed' } } as const
  expect((await rowsOf(annexLines(read, listed))).slice(1).map(([id]) => id)).toEqual(['W-1'])
  const other = await aPair(db.owner)
  for (const person of [other.vendor.person, other.holder.person])
    expect(await rowsOf(matrixLines((fn) => withPerson(person.id, fn), notice))).toHaveLength(1)
  expect(await rowsOf(annexLines((fn) => withPerson(holder.person.id, fn), notice))).toHaveLength(4)
})

test('the annex is the remaining list: what was withdrawn is not in it, the answers keep it', async () => {
  const notice = await aSent(3)
  const [, second = ''] = notice.catalogue.workIds
  await asMember(holder.member, (tx, taker) =>
    withdrawWorks(tx, {
      taker,
      noticeIds: [notice.id],
      works: { kind: 'chosen', workIds: [second] },
      reason: 'Licensed.',
    }),
  )
  expect((await rowsOf(annexLines(read, notice))).map(([id]) => id)).toEqual(['external_id', 'W-1', 'W-3'])
  expect(await rowsOf(matrixLines(read, notice))).toHaveLength(7)
})
