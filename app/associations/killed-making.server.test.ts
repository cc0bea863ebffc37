import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { collectiveWorld } from '#test/collective-world.ts'
import { buildChild } from '#test/child-program.ts'
import { testDatabase } from '#test/database.ts'
import { makeCollective } from './make-collective.server.ts'

const { owner } = await testDatabase()
let folder: string
let child: ChildProcess | undefined

beforeAll(async () => {
  folder = await buildChild('collective-child')
}, 90_000)
afterAll(() => {
  child?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const members = 300
const vendors = 20

async function made(): Promise<number> {
  const { rows } = await owner.query<{ count: number }>(
    `select count(*)::int as count from collective_member where state = 'made'`,
  )
  return rows[0]?.count ?? 0
}

/** Runs a worker until some more members are made, and kills it in the middle of the next ones. */
async function killedInTheMiddle(collectiveId: string): Promise<void> {
  const before = await made()
  const worker = spawn(process.execPath, [join(folder, 'collective-child.js')], {
    env: { ...process.env, COLLECTIVE_ID: collectiveId },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  child = worker
  const gone = once(worker, 'exit')
  while ((await made()) === before && worker.exitCode === null) await wait(5)
  await wait(60)
  worker.kill('SIGKILL')
  await gone
}

test('killed in the middle again and again, it leaves no member half-made and none made twice', async () => {
  const { collectiveId } = await collectiveWorld(owner, { members, vendors, works: 3 })
  for (let kill = 0; kill < 3; kill += 1) {
    await killedInTheMiddle(collectiveId)
    const { rows } = await owner.query<{ notices: number; lines: number }>(
      `select count(distinct n.id)::int as notices, count(e.sequence)::int as lines from notice n left join notice_event e on e.notice_id = n.id
       group by n.holder_organisation_id`,
    )
    for (const each of rows) expect(each).toEqual({ notices: vendors, lines: vendors })
    expect(rows).toHaveLength(await made())
  }
  expect(await made()).toBeLessThan(members)
  await makeCollective(collectiveId)
  expect(await made()).toBe(members)
  const { rows } = await owner.query(
    `select count(*)::int as notices, count(distinct (holder_organisation_id, vendor_id))::int as pairs, count(distinct reference)::int as "references" from notice`,
  )
  expect(rows).toEqual([{ notices: members * vendors, pairs: members * vendors, references: members * vendors }])
  const mails = await owner.query(`select count(*)::int as count from mail_duty where kind = 'annex-review'`)
  expect(mails.rows[0].count).toBe(members)
}, 180_000)
