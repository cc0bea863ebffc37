import { expect, test } from 'vitest'
import { withWorker } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aNotice, aPair } from '#test/notices.ts'
import { endLinks } from './end-links.server.ts'

const db = await testDatabase()
const sweep = () => withWorker((tx) => endLinks(tx, 2))

async function ends(): Promise<(string | null)[]> {
  const { rows } = await db.owner.query<{ on: string | null }>(
    `select to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD') as on from notice_link order by id`,
  )
  return rows.map(({ on }) => on)
}

test('links end thirty days after their notice, part by part, and live on when it is open again', async () => {
  const pair = await aPair(db.owner)
  const [over, open] = [await aNotice(db.owner, pair), await aNotice(db.owner, pair)]
  const notices = [over, open, over, open, over]
  for (const { id } of notices) {
    const link = { id: newId(), notice_id: id, address: 'rights@vendor.test', locale: 'en', created_at: new Date() }
    await insert(db.owner, 'notice_link', link)
  }
  await db.owner.query(`update notice set decided_at = '2026-01-31T12:00Z' where id = $1`, [over.id])
  const [end, none] = ['2026-03-02', null]
  await sweep()
  expect(await ends()).toEqual([end, none, none, none, none])
  await sweep()
  expect(await ends()).toEqual([end, none, end, none, none])
  await sweep()
  expect(await ends()).toEqual([end, none, end, none, end])

  await db.owner.query('update notice set decided_at = null where id = $1', [over.id])
  for (let part = 0; part < 3; part += 1) await sweep()
  expect(await ends()).toEqual([none, none, none, none, none])
})
