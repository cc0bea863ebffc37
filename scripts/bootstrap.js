// Plain JavaScript for the Node that a clean machine has: it brings what the rest needs, and nothing twice.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

const bin = join(root, 'node_modules/.bin')

/** The Node that the project runs on, whatever the machine has. */
export const node = join(bin, process.platform === 'win32' ? 'node.cmd' : 'node')

/** An environment in which the project's own tools come first. */
export function projectEnvironment(extra = {}) {
  return { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}`, ...extra }
}

/** Runs a command in the project and throws when it fails. */
export function run(command, args, { env = {}, quiet = false } = {}) {
  const done = spawnSync(command, args, {
    cwd: root,
    env: projectEnvironment(env),
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2],
    encoding: 'utf8',
  })
  if (done.status === 0) return
  if (quiet) process.stderr.write(`${done.stdout}${done.stderr}`)
  throw new Error(`${command} ${args.join(' ')} failed (${done.status ?? done.signal ?? String(done.error)})`)
}

/** `npm ci`, unless the installed packages are those of the lock file. */
export function install() {
  once('node_modules/.caveat-installed', ['package-lock.json'], 'Installing packages', () => {
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  })
}

/** Compiles messages, the database client and the types of routes, unless their sources are unchanged. */
export function generate() {
  once(
    'app/generated/.stamp',
    ['messages', 'project.inlang/settings.json', 'prisma/schema', 'app/routes.ts', 'package-lock.json'],
    'Generating',
    () => {
      run('npm', ['run', '--silent', 'generate'], { quiet: true })
    },
  )
}

/** Builds every process, unless their sources are unchanged. */
export function build() {
  generate()
  const sources = [
    'app',
    'emails',
    'prisma',
    'bench',
    'messages',
    'public',
    'vite.config.ts',
    'react-router.config.ts',
    'package-lock.json',
  ]
  once('build/.stamp', sources, 'Building', () => {
    run(join(bin, 'react-router'), ['build', '--logLevel', 'error'], { env: { NODE_ENV: 'production' }, quiet: true })
  })
}

function once(stamp, sources, what, work) {
  const path = join(root, stamp)
  const wanted = digest(sources)
  if (existsSync(path) && readFileSync(path, 'utf8') === wanted) return
  process.stderr.write(`${what} ...\n`)
  work()
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, wanted)
}

function digest(sources) {
  const hash = createHash('sha256')
  for (const source of sources) {
    for (const file of filesOf(join(root, source))) hash.update(relative(root, file)).update(readFileSync(file))
  }
  return hash.digest('hex')
}

function filesOf(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return (
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.name !== 'generated' && !/\.test\.tsx?$/.test(entry.name))
      // Node 20 sorts in place alone here.
      // oxlint-disable-next-line unicorn/no-array-sort
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => filesOf(join(path, entry.name)))
  )
}
