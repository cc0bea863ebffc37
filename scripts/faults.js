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
const { status } = spawnSync(
  'vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...files],
  {
    cwd: root,
    env: projectEnvironment({
      FORCE_COLOR: '0',
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
rmSync(folder, { recursive: true, force: true })
const { numPassedTests: held = 0, numFailedTests: lost = 0 } = report ?? {}
process.stdout.write(
  status === 0
    ? `${held} faults were made, the worker killed 20 times among them; nothing was lost\n`
    : `${held + lost} faults were made; ${lost} of them lost or changed something\n`,
)
process.exit(status ?? 1)
