// npm run test:faults: what must survive kills, outages, refusals and races. The last line says what was done and lost.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, install, projectEnvironment, root } from './bootstrap.js'

const files = [
  'app/mail/killed-worker',
  'app/mail/killed-at-each-statement',
  'app/mail/killed-at-each-syscall',
  'app/mail/run-outbox',
  'app/notices/take-steps',
  'app/notices/recall-filing',
  'app/notices/notice-mail-handlers',
  'app/notices/verify-ledger',
  'app/catalogues/import-catalogue',
  'app/platform/smtp',
  'test/whole-portal',
  'test/full-disk',
  'test/races',
  'test/filing-races',
]

install()
build()
const folder = mkdtempSync(join(tmpdir(), 'caveat-faults-'))
const file = join(folder, 'faults.json')
const told = join(folder, 'told.jsonl')
const { status } = spawnSync(
  'vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...files],
  {
    cwd: root,
    env: projectEnvironment({
      FORCE_COLOR: '0',
      CAVEAT_FAULTS_TOLD: told,
      CAVEAT_FAULT_STRIDE: process.env['CAVEAT_FAULT_STRIDE'] ?? '1',
      CAVEAT_SYSCALL_STRIDE: process.env['CAVEAT_SYSCALL_STRIDE'] ?? '1',
      CAVEAT_PORTAL_SECONDS: process.env['CAVEAT_PORTAL_SECONDS'] ?? '240',
      CAVEAT_KILLS: process.env['CAVEAT_KILLS'] ?? '20',
      CAVEAT_RACES: process.env['CAVEAT_RACES'] ?? '150',
    }),
    stdio: ['ignore', 1, 2],
  },
)
const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
const made = countTold(existsSync(told) ? readFileSync(told, 'utf8') : '')
rmSync(folder, { recursive: true, force: true })
const tests = report?.testResults.flatMap(({ assertionResults }) => assertionResults) ?? []
const named = (wanted) => tests.filter((test) => test.status === wanted).map(({ title }) => title)
const [failed, left] = [named('failed'), [...named('skipped'), ...named('pending')]]
const parts = [
  `done: ${[...made].map(([what, times]) => `${times} ${what}`).join(', ') || 'nothing'}`,
  `${named('passed').length} of ${tests.length} tests held`,
  ...(left.length === 0 ? [] : [`not possible on this machine: ${left.join('; ')}`]),
  lossOf(),
]
process.stdout.write(`${parts.join('. ')}\n`)
process.exit(status ?? 1)

function lossOf() {
  if (failed.length > 0) return `Lost or changed: see ${failed.join('; ')}`
  return status === 0 ? 'Nothing was lost' : 'Not known what was lost: the run ended before its tests did'
}

/** What the tests told, the same things summed, in the order in which they were first told. */
function countTold(lines) {
  const sums = new Map()
  for (const line of lines.split('\n').filter(Boolean)) {
    const { what, times } = JSON.parse(line)
    sums.set(what, (sums.get(what) ?? 0) + times)
  }
  return sums
}
