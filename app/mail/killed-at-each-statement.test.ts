import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseUrl } from '#app/platform/database-urls.server.ts'
import { databaseProxy } from '#test/database-proxy.ts'
import { testDatabase } from '#test/database.ts'
import { buildChild } from '#test/child-program.ts'
import { countAccepted, expectKept } from '#test/kept-mails.ts'
import { oweMails } from '#test/outbox.ts'
import { smtpSink, type SmtpSink } from '#test/smtp-sink.ts'
import { tellFaults } from '#test/tell-faults.ts'

// npm run test:faults kills at every statement, npm test at a few.
const stride = Number(process.env['CAVEAT_FAULT_STRIDE'] ?? 13)

const db = await testDatabase()
const proxy = await databaseProxy(databaseUrl('worker'))
let folder: string
let sink: SmtpSink
const children = new Set<ChildProcess>()

beforeAll(async () => {
  sink = await smtpSink()
  folder = await buildChild('outbox-child')
}, 60_000)
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await proxy.stop()
  await sink.stop()
  rmSync(folder, { recursive: true, force: true })
})

function startWorker(): ChildProcess {
  const started = spawn(process.execPath, [join(folder, 'outbox-child.js')], {
    env: { ...process.env, SINK_URL: sink.url, DATABASE_WORKER_URL: proxy.url },
    stdio: ['ignore', 'ignore', 'ignore'],
  })
  children.add(started)
  started.once('exit', () => children.delete(started))
  return started
}

async function allAccepted(owed: number): Promise<void> {
  await expect.poll(() => countAccepted(db.owner), { timeout: 60_000, interval: 100 }).toBe(owed)
}

/** How many statements a worker asks from its start until a mail that is owed is marked as accepted. */
async function statementsOfOneMail(owed: number): Promise<number> {
  proxy.restart()
  const worker = startWorker()
  await allAccepted(owed)
  const needed = proxy.count()
  const gone = once(worker, 'exit')
  worker.kill('SIGKILL')
  await gone
  return needed
}

test('killed, or cut off from the database, at each statement of the way of a mail: nothing is lost or altered', async () => {
  let owed = 0
  const owe = async () => {
    const number = owed
    await oweMails(db.owner, 1, () => `person-${number}@vendor.test`)
    owed += 1
  }
  await owe()
  const needed = await statementsOfOneMail(owed)
  expect(needed).toBeGreaterThan(10)
  const points = Array.from({ length: Math.ceil(needed / stride) }, (_, index) => 1 + index * stride)
  for (const at of points) {
    await owe()
    proxy.restart()
    const worker = startWorker()
    const gone = once(worker, 'exit')
    proxy.onStatement((number) => {
      if (number === at) worker.kill('SIGKILL')
    })
    await gone
    // The next one loses its database at the same point, and lives on.
    proxy.restart()
    proxy.onStatement((number) => {
      if (number === at) proxy.cut()
    })
    const next = startWorker()
    const nextGone = once(next, 'exit')
    await Promise.race([allAccepted(owed), nextGone])
    proxy.onStatement(null)
    next.kill('SIGKILL')
    await nextGone
  }
  tellFaults('kills of the worker at statements', points.length)
  tellFaults('cuts of its database at statements', points.length)
  proxy.restart()
  startWorker()
  await allAccepted(owed)
  await expectKept(db.owner, sink, owed)
}, 900_000)
