// npm test: everything that must hold, ending with one line that sums every runner.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { browserPath } from './browser.js'
import { build, install, projectEnvironment, root } from './bootstrap.js'
import { checks, checksCount } from './checks.js'

install()
build()

const results = mkdtempSync(join(tmpdir(), 'caveat-results-'))
const sum = { passed: 0, failed: 0, skipped: 0 }
/** @type {string[]} what failed before the stories, which print a lot after it */
const names = []
add(checks() ? { passed: checksCount, failed: 0, skipped: 0 } : { passed: checksCount - 1, failed: 1, skipped: 0 })
add(vitest())
add(playwright())
rmSync(results, { recursive: true, force: true })
for (const name of names) process.stdout.write(`FAILED ${name}\n`)
process.stdout.write(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n`)
process.exit(sum.failed === 0 ? 0 : 1)

function add(more) {
  for (const key of Object.keys(sum)) sum[key] += more[key]
}

function vitest() {
  const file = join(results, 'vitest.json')
  const status = runner('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
  const report = read(file)
  for (const { name, message, assertionResults } of report?.testResults ?? []) {
    const failing = assertionResults.filter((result) => result.status === 'failed')
    names.push(...failing.map(({ fullName, failureMessages }) => `${name}: ${fullName}\n${failureMessages.join('\n')}`))
    if (failing.length === 0 && message !== '') names.push(`${name}: ${message}`)
  }
  if (status !== 0 && names.length === 0) names.push(`vitest: ended with ${status} outside of any test`)
  const failed = report === null ? 1 : report.numFailedTests + (status !== 0 && report.numFailedTests === 0 ? 1 : 0)
  return {
    passed: report?.numPassedTests ?? 0,
    failed,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  }
}

function playwright() {
  const file = join(results, 'playwright.json')
  const status = runner('playwright', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    CAVEAT_BROWSER: browserPath(),
  })
  const stats = read(file)?.stats
  const failed = stats === undefined ? 1 : stats.unexpected + (status !== 0 && stats.unexpected === 0 ? 1 : 0)
  return { passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0), failed, skipped: stats?.skipped ?? 0 }
}

function runner(command, args, extra = {}) {
  return spawnSync(command, args, {
    cwd: root,
    env: projectEnvironment({ FORCE_COLOR: '0', ...extra }),
    stdio: ['ignore', 1, 2],
  }).status
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}
