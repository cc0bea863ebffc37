// Types, lint, format, borders between folders, dead code: each a command that must succeed.
import { spawnSync } from 'node:child_process'
import { projectEnvironment, root } from './bootstrap.js'

/** @type {[name: string, command: string, args: string[]][]} */
const all = [
  ['types', 'tsc', ['-p', '.']],
  ['lint', 'oxlint', ['--type-aware', '--quiet', '.']],
  ['format', 'oxfmt', ['--check', '.']],
  ['borders', 'node', ['scripts/borders.js']],
  ['dead code', 'knip', ['--no-progress']],
  ['lock file', 'node', ['scripts/known-bad.js']],
]

/** Runs every check, says each result, and returns whether all passed. */
export function checks() {
  let good = true
  for (const [name, command, args] of all) {
    const started = Date.now()
    const done = spawnSync(command, args, { cwd: root, env: projectEnvironment(), encoding: 'utf8' })
    const seconds = ((Date.now() - started) / 1000).toFixed(1)
    process.stdout.write(`${done.status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`)
    if (done.status !== 0) {
      process.stdout.write(`${done.stdout}${done.stderr}\n`)
      good = false
    }
  }
  return good
}

/** How many checks there are. */
export const checksCount = all.length
