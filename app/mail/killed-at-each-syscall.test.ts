import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseUrl } from '#app/platform/database-urls.server.ts'
import { buildChild } from '#test/child-program.ts'
import { testDatabase } from '#test/database.ts'
import { countAccepted, expectKept } from '#test/kept-mails.ts'
import { oweMails } from '#test/outbox.ts'
import { smtpSink, type SmtpSink } from '#test/smtp-sink.ts'
import { tellFaults } from '#test/tell-faults.ts'

// npm run test:faults kills at every call, npm test at a few.
const stride = Number(process.env['CAVEAT_SYSCALL_STRIDE'] ?? 60)
// Without strace the kills at statements and at the server's answers remain.
const traces = spawnSync('strace', ['-V']).status === 0
const calls = ['socket', 'connect', 'read', 'write', 'writev', 'getsockopt', 'setsockopt', 'shutdown', 'close']

const db = await testDatabase()
let folder: string
let sink: SmtpSink
const children = new Set<ChildProcess>()

beforeAll(async () => {
  sink = await smtpSink()
  folder = await buildChild('outbox-child')
}, 60_000)
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await sink.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Starts a worker under strace, which stands beside it: the process that is answered is the worker itself. */
function startWorker(options: readonly string[]): ChildProcess {
  const traced = ['-D', '-f', '-qq', '-yy', '-o', join(folder, 'trace'), '-e', `trace=${calls.join()}`]
  const started = spawn('strace', [...traced, ...options, process.execPath, join(folder, 'outbox-child.js')], {
    env: { ...process.env, SINK_URL: sink.url, DATABASE_WORKER_URL: databaseUrl('worker') },
    stdio: 'ignore',
  })
  children.add(started)
  started.once('exit', () => children.delete(started))
  return started
}

/** Lets a worker work until it dies, or all that is owed was taken; answers whether it died by itself. */
async function letWork(worker: ChildProcess, owed: number): Promise<boolean> {
  const gone = once(worker, 'exit')
  const died = gone.then(() => true)
  const done = async () => {
    await expect.poll(() => countAccepted(db.owner), { timeout: 60_000, interval: 50 }).toBe(owed)
    return false
  }
  const byItself = await Promise.race([died, done()])
  worker.kill('SIGKILL')
  await gone
  return byItself
}

/** Every call on a socket in the trace of one mail's way, named by its kind and its number among all calls of that kind. */
function callsOnSockets(): { call: string; number: number }[] {
  const lines = readFileSync(join(folder, 'trace'), 'utf8').split('\n')
  // The thread that talks to the database and to the server is the first one.
  const [thread = ''] = lines[0]?.split(' ') ?? []
  const counts = new Map<string, number>()
  return lines.flatMap((line) => {
    const call = new RegExp(`^${thread}\\s+(\\w+)\\(`, 'u').exec(line)?.[1]
    if (call === undefined) return []
    const number = (counts.get(call) ?? 0) + 1
    counts.set(call, number)
    return line.includes('<TCP:') ? [{ call, number }] : []
  })
}

test.skipIf(!traces)(
  'killed at each system call on the way of a mail: nothing is lost or altered',
  async () => {
    let owed = 0
    const owe = async () => {
      const address = `person-${owed}@vendor.test`
      await oweMails(db.owner, 1, () => address)
      owed += 1
    }
    await owe()
    expect(await letWork(startWorker([]), owed)).toBe(false)
    const points = callsOnSockets()
    expect(points.length, 'a mail takes many calls').toBeGreaterThan(50)
    const chosen = points.filter((_, index) => index % stride === stride - 1)
    let met = 0
    for (const { call, number } of chosen) {
      await owe()
      // What the one before left behind changes how often a worker calls: now and then it is done before.
      if (await letWork(startWorker(['-e', `inject=${call}:signal=KILL:when=${number}`]), owed)) met += 1
    }
    tellFaults('kills of the worker at system calls', met)
    expect(met, 'the kills hit the way').toBeGreaterThanOrEqual(Math.floor(chosen.length / 3))
    expect(await letWork(startWorker([]), owed)).toBe(false)
    await expectKept(db.owner, sink, owed)
  },
  1_200_000,
)
