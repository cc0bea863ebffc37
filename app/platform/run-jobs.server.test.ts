import { afterEach, expect, test } from 'vitest'
import { anOrganisation, insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { now, setClock } from './clock.server.ts'
import { newId } from './id.ts'
import { runOneJob, type TakenJob } from './run-jobs.server.ts'

const db = await testDatabase()
const organisation = await anOrganisation(db.owner, 'rights_holder')

afterEach(async () => {
  setClock(null)
  await db.owner.query('delete from job')
})

async function aJob(kind = 'count'): Promise<string> {
  const id = newId()
  await insert(db.owner, 'job', {
    id,
    kind,
    subject_id: newId(),
    organisation_id: organisation.id,
    status: 'queued',
    run_at: now(),
    created_at: now(),
  })
  return id
}
const rowOf = async (id: string) =>
  (await db.owner.query('select status, attempts, last_error, lease_until from job where id = $1', [id])).rows[0]
const later = (seconds: number) => setClock(new Date(now().getTime() + seconds * 1000))

test('each job is done once, however many look for it', async () => {
  const ids = await Promise.all(Array.from({ length: 6 }, () => aJob()))
  const done: string[] = []
  const registry = { count: async ({ id }: TakenJob) => void done.push(id) }
  const found = await Promise.all(Array.from({ length: 9 }, () => runOneJob(registry)))
  while (await runOneJob(registry));
  expect(found.some(Boolean)).toBe(true)
  expect(done.toSorted()).toEqual(ids.toSorted())
  for (const id of ids) expect(await rowOf(id)).toMatchObject({ status: 'done', attempts: 1, lease_until: null })
})

test('a job that fails comes again twice, later each time, and then shows why it failed', async () => {
  const id = await aJob()
  const registry = { count: async () => Promise.reject(new Error('no room')) }
  for (const status of ['queued', 'queued', 'failed']) {
    expect(await runOneJob(registry)).toBe(true)
    expect(await rowOf(id)).toMatchObject({ status, last_error: 'no room' })
    expect(await runOneJob(registry), 'not at once').toBe(false)
    later(600)
  }
  expect(await runOneJob(registry)).toBe(false)
})

test('the job of a process that is gone is taken by another when its lease is over', async () => {
  const id = await aJob()
  void runOneJob({ count: () => new Promise(() => {}) })
  await expect.poll(async () => (await rowOf(id)).status).toBe('running')
  expect(await runOneJob({ count: async () => {} })).toBe(false)
  later(61)
  expect(await runOneJob({ count: async () => {} })).toBe(true)
  expect(await rowOf(id)).toMatchObject({ status: 'done', attempts: 2 })
})

test('a job that ends its process each time is given up, and says so', async () => {
  const id = await aJob()
  for (let begun = 1; begun <= 10; begun += 1) {
    void runOneJob({ count: () => new Promise(() => {}) })
    await expect.poll(async () => (await rowOf(id)).attempts).toBe(begun)
    later(61)
  }
  expect(await runOneJob({ count: async () => {} })).toBe(false)
  expect(await rowOf(id)).toMatchObject({ status: 'failed', last_error: expect.stringContaining('10 times') })
})

test('a job of a kind that this process does not know is left to others, and a stopped one is nobody’s', async () => {
  const id = await aJob('other')
  expect(await runOneJob({ count: async () => {} })).toBe(false)
  await db.owner.query(`update job set status = 'stopped' where id = $1`, [id])
  expect(await runOneJob({ other: async () => {} })).toBe(false)
})
