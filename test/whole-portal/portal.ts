import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { findRunningCluster } from '#app/platform/cluster.server.ts'
import { exhaustLog, mountSmallDisk } from './small-disk.ts'

const root = resolve(import.meta.dirname, '../..')

/** What can be killed. */
export type Victim = 'web' | 'worker' | 'mail' | 'postmaster' | 'backend'

/** A portal that runs as `npm start` does, to be hurt. */
export interface HurtPortal {
  readonly url: string
  readonly dataDir: string
  readonly mailInPort: number
  /** Kills one process of it; answers false if there is none at this moment. */
  kill(victim: Victim): boolean
  /** Restarts the database as its keeper would, under whatever load there is. */
  restartDatabase(): boolean
  /** Kills everything at once, the supervisor first; the database too if `withDatabase`. */
  killAll(withDatabase: boolean): Promise<void>
  start(): Promise<void>
  /** Stops it; its files are kept beside its disk if somebody wants to look at them. */
  stop(keepFiles: boolean): Promise<void>
  /** Waits until every process is there and answers. */
  untilWell(seconds?: number): Promise<void>
  /** Whether its disk can be filled; only who may mount one has a small disk. */
  readonly hasSmallDisk: boolean
  /** Fills the disk under database and files for so long, until the database could not go on. */
  fillDisk(ms: number): Promise<void>
  /** By how many seconds its clock is ahead of the machine's. */
  ahead(): number
  /** Sets its clock forward or back. */
  setClock(bySeconds: number): void
  adminUrl(): Promise<string>
}

/** What a portal is made with: where its files lie, whom it sends mail to, and by how much its clock is ahead from the start. */
export interface Prepared {
  readonly folder: string
  readonly mailUrl: string
  readonly aheadSeconds: number
  /** Gives it a small disk of its own, if this machine allows that. */
  readonly onSmallDisk: boolean
}

/** Prepares a portal; it does not run yet. */
// oxlint-disable-next-line max-lines-per-function -- one portal and what it remembers
export async function hurtPortal({ folder, mailUrl, aheadSeconds, onSmallDisk }: Prepared): Promise<HurtPortal> {
  const port = await freePort()
  const mailInPort = await freePort()
  const dataDir = join(folder, 'data')
  const clock = join(folder, 'clock')
  const disk = onSmallDisk ? mountSmallDisk(dataDir) : null
  const state = { aheadSeconds: 0 }
  setClock(aheadSeconds)
  const url = `http://127.0.0.1:${port}`
  let child: ChildProcess | undefined
  const pidOf = (victim: Victim) => findVictim(victim, child?.pid, dataDir)

  async function start(): Promise<void> {
    child = spawn(process.execPath, [join(root, 'scripts/start.js')], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        // In production nobody moves the clock; all else is the production build.
        NODE_ENV: 'development',
        PORT: String(port),
        BASE_URL: url,
        DATA_DIR: dataDir,
        DATABASE_URL: '',
        MAIL_URL: mailUrl,
        MAIL_IN_PORT: String(mailInPort),
        MAIL_IN_DOMAIN: 'reply.caveat.test',
        FIRST_MAILS_PER_HOUR: '5000',
        CAVEAT_CLOCK: clock,
        LOG_LEVEL: 'warn',
        VITEST: '',
      },
    })
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => appendFileSync(join(folder, 'log'), chunk))
    // The first start may have to build first.
    await untilWell(300)
  }

  // Written beside and moved: a program that looks meanwhile sees the one or the other.
  function setClock(bySeconds: number): void {
    state.aheadSeconds += bySeconds
    writeFileSync(`${clock}-next`, String(state.aheadSeconds * 1000))
    renameSync(`${clock}-next`, clock)
  }

  async function adminUrl(): Promise<string> {
    const running = await findRunningCluster(join(dataDir, 'postgres'))
    if (running === null) throw new Error('The portal has no database that runs')
    return running.replace(/\/postgres$/u, '/caveat')
  }

  async function untilWell(seconds = 120): Promise<void> {
    const until = Date.now() + seconds * 1000
    const all = ['web', 'worker', 'mail', 'postmaster'] as const
    while (Date.now() < until) {
      const ready = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
        ({ ok }) => ok,
        () => false,
      )
      if (ready && all.every((each) => pidOf(each) !== undefined)) return
      if (child?.exitCode !== null && child?.exitCode !== undefined)
        throw new Error(`The portal ended by itself (${child.exitCode}); its log lies in ${folder}`)
      await wait(100)
    }
    const missing = all.filter((each) => pidOf(each) === undefined)
    throw new Error(
      `The portal was not well again within ${seconds} s (missing: ${missing.join(', ') || 'none'}); its log lies in ${folder}`,
    )
  }

  return {
    url,
    dataDir,
    mailInPort,
    start,
    untilWell,
    kill: (victim) => send(pidOf(victim), 'SIGKILL'),
    restartDatabase: () => send(pidOf('postmaster'), 'SIGINT'),
    async killAll(withDatabase) {
      const gone = new Promise((done) => child?.once('exit', done))
      const database = pidOf('postmaster')
      const tree = child?.pid === undefined ? [] : [child.pid, ...descendants(child.pid, database)]
      // Either everything at once, or the supervisors alone: what they started must then end by itself.
      for (const pid of withDatabase ? tree : tree.filter((each) => !isProgram(each))) send(pid, 'SIGKILL')
      if (withDatabase) send(database, 'SIGKILL')
      await gone
      await untilGone(tree)
    },
    async stop(keepFiles) {
      if (child !== undefined && child.exitCode === null && child.signalCode === null) {
        const gone = new Promise((done) => child?.once('exit', done))
        child.kill('SIGTERM')
        await gone
      }
      if (disk !== null && keepFiles) cpSync(dataDir, `${dataDir}-kept`, { recursive: true })
      disk?.unmount()
    },
    hasSmallDisk: disk !== null,
    async fillDisk(ms) {
      const database = await adminUrl()
      disk?.fill()
      try {
        if (!(await exhaustLog(database))) throw new Error('The disk was full, and the database went on')
        await wait(ms)
      } finally {
        disk?.free()
      }
    },
    ahead: () => state.aheadSeconds,
    setClock,
    adminUrl,
  }
}

/** A pool of the portal's administrator, which outlives what happens to the database. */
export function poolOf(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 3, connectionTimeoutMillis: 5_000 })
  pool.on('error', () => undefined)
  return pool
}

const programs = { web: 'index.js', worker: 'worker.js', mail: 'mail-server.js' } as const

function findVictim(victim: Victim, top: number | undefined, dataDir: string): number | undefined {
  if (top === undefined) return undefined
  if (victim === 'postmaster') return postmasterOf(dataDir)
  if (victim === 'backend') {
    const backends = descendants(postmasterOf(dataDir) ?? 0).filter((pid) => commandOf(pid).includes(': caveat_'))
    return backends[Date.now() % Math.max(1, backends.length)]
  }
  return descendants(top).find((pid) => commandOf(pid).includes(`build/server/${programs[victim]}`))
}

function isProgram(pid: number): boolean {
  return Object.values(programs).some((program) => commandOf(pid).includes(`build/server/${program}`))
}

async function untilGone(pids: readonly number[]): Promise<void> {
  for (let waited = 0; waited < 300; waited += 1) {
    if (pids.every((pid) => commandOf(pid) === '')) return
    await wait(100)
  }
  throw new Error('Processes outlived their supervisor')
}

function postmasterOf(dataDir: string): number | undefined {
  const folder = join(dataDir, 'postgres')
  const note = join(folder, 'elsewhere.txt')
  const place = existsSync(note) ? (readFileSync(note, 'utf8').trim().split(' ').at(-1) ?? folder) : folder
  const path = join(place, 'data/postmaster.pid')
  const pid = existsSync(path) ? Number(readFileSync(path, 'utf8').split('\n')[0]) : 0
  return pid > 0 && commandOf(pid).includes('postgres') ? pid : undefined
}

function descendants(top: number, except?: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/u.test(name))
      .map((name) => [Number(name), parentOf(Number(name))]),
  )
  const below = (pid: number): number[] =>
    [...parents].flatMap(([each, parent]) => (parent === pid && each !== except ? [each, ...below(each)] : []))
  return below(top)
}

function parentOf(pid: number): number {
  try {
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) \S /su, '')
        .split(' ')[0],
    )
  } catch {
    return 0
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

function send(pid: number | undefined, signal: 'SIGKILL' | 'SIGINT'): boolean {
  if (pid === undefined) return false
  try {
    return process.kill(pid, signal)
  } catch {
    // It ended by itself meanwhile.
    return false
  }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
