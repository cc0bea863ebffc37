import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { createDatabase } from '#app/platform/cluster.server.ts'
import { env, forgetEnvironment } from '#app/platform/env.server.ts'
import { keepCluster, type KeptCluster } from '#app/platform/keep-cluster.server.ts'
import { demoRefusal } from '#app/platform/refuse-demo.server.ts'
import { migrate } from '#prisma/migrate.ts'

// Starts the embedded database (when DATABASE_URL is absent), migrates, seeds the demo story, and keeps web, worker and
// mail running until it is told to stop.

const root = resolve(import.meta.dirname, '..')
const demo = process.argv[2] === 'demo'
const programs = { web: 'index', worker: 'worker', mail: 'mail-server' } as const
const running = new Map<keyof typeof programs, ChildProcess>()
let cluster: KeptCluster | undefined
const state = { stopping: false }

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

await main().catch(async (error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  await stop(1)
})

async function main(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))
  process.on('SIGUSR2', () => running.forEach((child) => child.kill('SIGTERM')))
  const { DATA_DIR, DATABASE_URL } = env()
  mkdirSync(DATA_DIR, { recursive: true })
  await takeLock(DATA_DIR)
  if (DATABASE_URL === undefined) await startDatabase(join(DATA_DIR, 'postgres'))
  await choosePort()
  forgetEnvironment()
  const adminUrl = env().DATABASE_URL ?? ''
  const applied = await migrate(adminUrl)
  if (applied.length > 0) say(`Applied ${applied.length} migrations`)
  await refuseDemoInProduction(adminUrl)
  await runOnce('seed', demo ? ['demo'] : [])
  for (const name of ['web', 'worker', 'mail'] as const) keep(name)
  await untilReady()
}

async function startDatabase(folder: string): Promise<void> {
  cluster = await keepCluster(folder, { say })
  process.env['DATABASE_URL'] = await createDatabase(cluster.adminUrl, 'caveat')
}

function keep(name: keyof typeof programs, failures = 0): void {
  const started = Date.now()
  const child = spawn(process.execPath, [join(root, `build/server/${programs[name]}.js`)], {
    cwd: root,
    // By its channel a program learns that the supervisor is gone, also when that was killed.
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, CAVEAT_PROCESS: name },
  })
  running.set(name, child)
  child.once('exit', (code, signal) => {
    running.delete(name)
    if (state.stopping) return
    say(`${name} ended (${code ?? signal ?? ''}); starting it again`)
    const again = Date.now() - started > 30_000 ? 0 : failures + 1
    setTimeout(() => state.stopping || keep(name, again), Math.min(10_000, 250 * 2 ** again)).unref()
  })
}

async function runOnce(program: string, words: string[]): Promise<void> {
  const child = spawn(process.execPath, [join(root, `build/server/${program}.js`), ...words], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CAVEAT_PROCESS: program },
  })
  const code = await new Promise<number>((done) => child.once('exit', (status) => done(status ?? 1)))
  if (code !== 0) throw new Error(`${program} failed`)
}

async function untilReady(): Promise<void> {
  const { BASE_URL, HOST, PORT } = env()
  while (!state.stopping) {
    const ready = await fetch(`http://${HOST}:${PORT}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ready) break
    await sleep(150)
  }
  if (state.stopping) return
  process.stdout.write(`Caveat is ready: ${BASE_URL}\n`)
  if (demo) process.stdout.write(signIns(BASE_URL))
}

function signIns(base: string): string {
  const people = [
    ['studio@demo.test', 'rights holder: Hoshizora Animation'],
    ['pictures@demo.test', 'rights holder: Komorebi Pictures, where a second person approves what is filed'],
    ['approver@demo.test', 'that second person, reading Japanese; also of Hoshizora Animation'],
    ['press@demo.test', 'rights holder: Lantern Press Photographs'],
    ['vendor@demo.test', 'AI vendor: Northlight AI'],
    ['association@demo.test', 'trade association: Content Alliance, reading Japanese'],
    ['operator@demo.test', 'operator of the portal'],
  ]
  const lines = people.map(([email = '', who = '']) => `  ${email.padEnd(24)}${who}`)
  return `Sign in with the password caveat-demo as\n${lines.join('\n')}\nMail that would be sent: ${base}/dev/mailbox\n`
}

async function stop(code: number): Promise<void> {
  if (state.stopping) return
  state.stopping = true
  const children = [...running.values()]
  const ended = Promise.all(children.map((child) => new Promise((done) => child.once('exit', done))))
  for (const child of children) child.kill('SIGTERM')
  const inTime = await Promise.race([ended.then(() => true), sleep(5_000, false)])
  if (!inTime) for (const child of children) child.kill('SIGKILL')
  await Promise.race([cluster?.stop(), sleep(2_000)])
  rmSync(lockPath(env().DATA_DIR), { force: true })
  process.exit(code)
}

function lockPath(dataDir: string): string {
  return join(dataDir, 'supervisor.pid')
}

// One portal per DATA_DIR: a start waits for a predecessor that is still stopping, and says so when it does not stop.
async function takeLock(dataDir: string): Promise<void> {
  const path = lockPath(dataDir)
  for (let tries = 0; ; tries += 1) {
    const pid = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0
    if (pid === 0 || pid === process.pid || !isAlive(pid)) break
    if (tries === 100)
      throw new Error(`Caveat already runs on ${dataDir} (process ${pid}). Stop it first, or set DATA_DIR.`)
    await sleep(100)
  }
  writeFileSync(path, String(process.pid))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !existsSync('/proc/self') || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('supervise')
  } catch {
    return false
  }
}

// Without a wish of its own the demo takes the next free port, so that it starts beside whatever holds 3000.
async function choosePort(): Promise<void> {
  if (!demo || process.env['PORT'] !== undefined) return
  for (const port of [3000, 3001, 3002, 3003, 0]) {
    const free = await new Promise<number>((done) => {
      const probe = createServer()
      probe.once('error', () => done(-1))
      probe.listen(port, env().HOST, () => {
        const address = probe.address()
        probe.close(() => done(typeof address === 'object' && address !== null ? address.port : -1))
      })
    })
    if (free < 0) continue
    process.env['PORT'] = String(free)
    return
  }
}

async function refuseDemoInProduction(adminUrl: string): Promise<void> {
  if (demo || env().NODE_ENV !== 'production') return
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from person where is_demo limit 1')
    if (rowCount !== 0) throw new Error(demoRefusal)
  } finally {
    await client.end()
  }
}
