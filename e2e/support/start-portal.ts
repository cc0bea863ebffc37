import { execFileSync, spawn } from 'node:child_process'
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { openMailbox } from './mailbox-server.ts'
import { openNameServer } from './name-server.ts'

const root = resolve(import.meta.dirname, '../..')

/** A portal that runs for stories: what `portal.ts` and `mailbox.ts` look for in the environment, and its end. */
export interface StartedPortal {
  readonly environment: {
    readonly CAVEAT_URL: string
    readonly CAVEAT_MAILBOX: string
    readonly CAVEAT_DATA: string
    readonly CAVEAT_CLOCK: string
    readonly CAVEAT_ZONE: string
    readonly CAVEAT_MAIL_IN: string
  }
  /** All that it keeps. */
  readonly folder: string
  /** Ends it, and keeps its folder for copies if asked to. */
  readonly stop: (keep?: 'keep') => Promise<void>
}

/**
 * Starts the whole portal as `npm run demo` does, on free ports, with a real SMTP server that keeps what it is sent.
 * With `info` its log has a line for every request, in its folder alone.
 * It begins with a copy of what stands in `from`, the folder of a portal that was stopped, or else by playing the demo.
 */
export async function startPortal(from?: string, level: 'warn' | 'info' = 'warn'): Promise<StartedPortal> {
  const folder = mkdtempSync(join(tmpdir(), 'caveat-stories-'))
  chmodSync(folder, 0o755)
  const mail = join(folder, 'mailbox')
  if (from === undefined) mkdirSync(mail)
  else copyPortal(from, folder)
  const mailbox = await openMailbox(mail)
  const zone = join(folder, 'zone.json')
  const names = await openNameServer(zone)
  const port = await freePort()
  const mailIn = await freePort()
  // Browsers make passkeys for names alone, never for a numeric address.
  const url = `http://localhost:${port}`
  const data = join(folder, 'data')
  const clock = join(folder, 'clock')
  writeFileSync(clock, '0')
  const child = spawn(process.execPath, [join(root, 'scripts/start.js'), 'demo'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: String(port),
      BASE_URL: url,
      DATA_DIR: data,
      CAVEAT_CLOCK: clock,
      MAIL_URL: `smtp://127.0.0.1:${mailbox.port}`,
      CAVEAT_TEST_DNS: `127.0.0.1:${names.port}`,
      MAIL_IN_PORT: String(mailIn),
      // All stories write to the same few vendors within minutes.
      FIRST_MAILS_PER_HOUR: '500',
      MAIL_IN_DOMAIN: 'reply.caveat.test',
      LOG_LEVEL: level,
      NODE_ENV: '',
    },
  })
  // The log of the portal is read by stories, and by whoever runs them.
  child.stderr.on('data', (chunk: Buffer) => {
    appendFileSync(join(folder, 'log'), chunk)
    if (level === 'warn') process.stderr.write(chunk)
  })
  await new Promise<void>((done, fail) => {
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      appendFileSync(join(folder, 'log'), chunk)
      if (said.includes('Caveat is ready')) done()
    })
    child.once('exit', (code) => fail(new Error(`The portal ended (${code}) before it was ready`)))
  })
  return {
    environment: {
      CAVEAT_URL: url,
      CAVEAT_MAILBOX: mail,
      CAVEAT_DATA: data,
      CAVEAT_CLOCK: clock,
      CAVEAT_ZONE: zone,
      CAVEAT_MAIL_IN: String(mailIn),
    },
    folder,
    async stop(keep) {
      const ended = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      await ended
      await mailbox.close()
      names.close()
      if (keep === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Lets what follows in this worker meet a portal that no other story shares. Returns the act that ends it. */
export async function portalOfItsOwn(level: 'warn' | 'info' = 'warn'): Promise<() => Promise<void>> {
  const played = process.env['CAVEAT_PLAYED']
  // Against a portal that runs already there is no other.
  if (played === undefined) return async () => undefined
  const { environment, stop } = await startPortal(played, level)
  const before = Object.fromEntries(Object.keys(environment).map((name) => [name, process.env[name] ?? '']))
  Object.assign(process.env, environment)
  return async () => {
    Object.assign(process.env, before)
    await stop()
  }
}

function copyPortal(from: string, folder: string): void {
  // The database belongs to an account of its own: its copy must too.
  execFileSync('cp', ['-a', `${from}/.`, folder])
  // Two copies that start at once must not both ask for the port of the last start.
  rmSync(join(folder, 'data', 'postgres', 'port'), { force: true })
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
