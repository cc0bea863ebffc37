import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '#test/database.ts'
import { aPair, aSentNotice } from '#test/notices.ts'
import { acknowledgeNotice } from './acknowledge-notice.server.ts'
import { recordOutcomes } from './record-outcomes.server.ts'
import { asMember } from './taker.server.ts'
import { verifyLedger } from './verify-ledger.server.ts'
import { withdrawWorks } from './withdraw-works.server.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)

async function aLivedNotice() {
  const notice = await aSentNotice(db.owner, pair)
  const [one = '', two = ''] = notice.catalogue.workIds
  const noticeIds = [notice.id]
  await asMember(pair.vendor.member, (tx, taker) => acknowledgeNotice(tx, { taker, noticeIds, reference: 'ACME-1' }))
  await asMember(pair.vendor.member, (tx, taker) =>
    recordOutcomes(tx, {
      taker,
      noticeIds,
      settings: [
        { measures: ['STOP_TRAINING_FUTURE'], works: { kind: 'all', clear: false }, answer: { outcome: 'not_used' } },
        {
          measures: ['REMOVE_FROM_DATASETS'],
          works: { kind: 'chosen', workIds: [one] },
          answer: { outcome: 'refused', code: 'other', text: 'No.' },
        },
      ],
    }),
  )
  await asMember(pair.holder.member, (tx, taker) =>
    withdrawWorks(tx, { taker, noticeIds, works: { kind: 'chosen', workIds: [two] }, reason: 'Sold' }),
  )
  return notice
}

const notices = await Promise.all(Array.from({ length: 5 }, () => aLivedNotice()))
const [notice] = notices
if (!notice) throw new Error('no notice was made')

// As the owner of the tables, with the triggers off: what no role of the application can do.
async function tamper(sql: string): Promise<void> {
  const client = await db.owner.connect()
  try {
    for (const table of ['notice_event', 'event_person'])
      await client.query(`alter table ${table} disable trigger user`)
    await client.query(sql, [notice?.id])
  } finally {
    for (const table of ['notice_event', 'event_person']) await client.query(`alter table ${table} enable trigger user`)
    client.release()
  }
}

test('ledgers that nobody touched hold', async () => {
  await expect(verifyLedger()).resolves.toEqual({ notices: 5, lines: 30, erased: 0, broken: [] })
  await expect(verifyLedger({ reference: notice.reference })).resolves.toMatchObject({
    notices: 1,
    lines: 6,
    broken: [],
  })
  await expect(verifyLedger({ reference: 'CAV-0000-0000' })).resolves.toMatchObject({ notices: 0, broken: [] })
})

describe('what was changed by force is found', () => {
  const kept = new Map<string, unknown[]>()
  const tables = ['notice_event', 'event_person', 'notice_measure', 'outcome_cell', 'notice'] as const

  beforeEach(async () => {
    for (const table of tables) {
      const column = table === 'notice' ? 'id' : 'notice_id'
      const { rows } = await db.owner.query(`select to_jsonb(t) as row from ${table} t where ${column} = $1`, [
        notice.id,
      ])
      kept.set(
        table,
        rows.map(({ row }) => row),
      )
    }
  })
  afterEach(async () => {
    for (const table of ['outcome_cell', 'event_person', 'notice_event', 'notice_measure']) {
      await tamper(`delete from ${table} where notice_id = $1`)
      await db.owner.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [
        JSON.stringify(kept.get(table)),
      ])
    }
    const [row] = kept.get('notice') ?? []
    await db.owner.query(
      `update notice n set stage = r.stage, outcome = r.outcome, last_sequence = r.last_sequence, acknowledge_by = r.acknowledge_by, served_at = r.served_at
       from jsonb_populate_record(null::notice, $1::jsonb) r where n.id = r.id`,
      [JSON.stringify(row)],
    )
    const { broken } = await verifyLedger()
    if (broken.length > 0) throw new Error('the ledger was not mended')
  })

  test.each<[string, string, object]>([
    [
      'a time',
      "update notice_event set at = at + interval '1 millisecond' where notice_id = $1 and sequence = 3",
      { sequence: 3, because: 'hash' },
    ],
    [
      'a payload',
      `update notice_event set payload = payload || '{"stage":"decided"}' where notice_id = $1 and sequence = 3`,
      { sequence: 3, because: 'hash' },
    ],
    [
      'an actor',
      "update notice_event set actor = 'holder' where notice_id = $1 and sequence = 4",
      { sequence: 4, because: 'hash' },
    ],
    [
      'a hash',
      "update notice_event set hash = repeat('0', 64) where notice_id = $1 and sequence = 2",
      { sequence: 2, because: 'hash' },
    ],
    [
      'a person',
      `update event_person set facts = facts || '{"name":"Someone else"}' where notice_id = $1 and sequence = 3`,
      { sequence: 3, because: 'person' },
    ],
    [
      'a person that is gone',
      'delete from event_person where notice_id = $1 and sequence = 3',
      { sequence: 3, because: 'person' },
    ],
    [
      'a line that is gone',
      'delete from notice_event where notice_id = $1 and sequence = 3',
      { sequence: 3, because: 'sequence' },
    ],
    [
      'the last line',
      'delete from notice_event where notice_id = $1 and sequence = 6',
      { sequence: null, because: 'columns' },
    ],
    ['all lines', 'delete from notice_event where notice_id = $1', { sequence: null, because: 'columns' }],
    [
      'a stage',
      "update notice set stage = 'closed' where id = $1",
      { sequence: null, because: 'columns', columns: ['stage'] },
    ],
    [
      'a due day',
      'update notice set acknowledge_by = acknowledge_by + 1 where id = $1',
      { because: 'columns', columns: ['acknowledgeBy'] },
    ],
    [
      'a served instant',
      'update notice set served_at = null where id = $1',
      { because: 'columns', columns: ['servedAt'] },
    ],
    [
      'an answer of one work',
      "update outcome_cell set outcome = 'not_used', code = null where notice_id = $1 and outcome = 'refused'",
      { because: 'answers' },
    ],
    [
      'an answer of all works',
      "update notice_measure set default_outcome = 'refused' where notice_id = $1",
      { because: 'answers' },
    ],
    ['a cell that is gone', 'delete from outcome_cell where notice_id = $1', { because: 'answers' }],
  ])('%s', async (_name, sql, found) => {
    await tamper(sql)
    const { broken, notices: count } = await verifyLedger()
    expect(count).toBe(5)
    expect(broken).toEqual([expect.objectContaining({ noticeId: notice.id, reference: notice.reference, ...found })])
  })
})

test('the application itself can change no line', async () => {
  for (const sql of [
    'update notice_event set actor = $2 where notice_id = $1',
    'delete from notice_event where notice_id = $1 and actor <> $2',
  ])
    await expect(db.owner.query(sql, [notice.id, 'holder'])).rejects.toThrow('never changed or removed')
})

test('an erased person leaves a tombstone and the ledger holds', async () => {
  await db.owner.query(
    'update event_person set facts = null, erased_at = now() where notice_id = $1 and sequence = 3',
    [notice.id],
  )
  await expect(verifyLedger()).resolves.toEqual({ notices: 5, lines: 30, erased: 1, broken: [] })
})

test('it holds at every moment while others write', async () => {
  const state = { isDone: false }
  const writing = Promise.all(Array.from({ length: 4 }, () => aLivedNotice())).finally(() => {
    state.isDone = true
  })
  let looked = 0
  for (; !state.isDone; looked += 1) await expect(verifyLedger()).resolves.toMatchObject({ broken: [] })
  await writing
  expect(looked).toBeGreaterThan(1)
})
