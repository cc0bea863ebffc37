// Checks who imports whom. A cruise that saw hardly any module proves nothing, so it fails.
import { spawnSync } from 'node:child_process'
import { projectEnvironment, root } from './bootstrap.js'

const done = spawnSync(
  'depcruise',
  ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'app', 'emails', 'prisma'],
  {
    cwd: root,
    env: projectEnvironment(),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  },
)
if (done.stdout === '') {
  process.stdout.write(done.stderr)
  process.exit(1)
}
const { summary } = JSON.parse(done.stdout)
for (const { rule, from, to } of summary.violations) process.stdout.write(`${rule.name}: ${from} -> ${to}\n`)
if (summary.totalCruised < 50) process.stdout.write(`only ${summary.totalCruised} modules were read\n`)
process.exit(summary.error === 0 && summary.totalCruised >= 50 ? 0 : 1)
