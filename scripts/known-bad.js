// Refuses versions that are known to be dangerous: no vulnerability feed is asked, so the list is kept by hand.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './bootstrap.js'

const knownBad = [
  ['react-router', '8.3.0', 'CVE-2026-42342'],
  ['better-auth', '1.6.22', 'GHSA-qq9h-g4jm-xgf3'],
  ['nodemailer', '7.0.7', 'GHSA-mm7p-fcc7-pg87'],
]
const forbidden = new Set(['xlsx'])

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
const problems = []
for (const [path, { version = '' }] of Object.entries(packages)) {
  const name = path.split('node_modules/').at(-1)
  if (forbidden.has(name)) problems.push(`${name} is not to be used`)
  for (const [bad, fixed, source] of knownBad)
    if (name === bad && isOlder(version, fixed)) problems.push(`${name} ${version} is older than ${fixed} (${source})`)
}
const { dependencies = {}, devDependencies = {} } = packages['']
for (const [name, range] of Object.entries({ ...dependencies, ...devDependencies })) {
  if (!/^\d/.test(range)) problems.push(`${name} is not pinned to one version: ${range}`)
}
if (problems.length > 0) {
  process.stdout.write(`${problems.join('\n')}\n`)
  process.exit(1)
}

function isOlder(version, than) {
  const [left, right] = [version, than].map((text) => text.split(/[.-]/).slice(0, 3).map(Number))
  for (const index of [0, 1, 2]) if (left[index] !== right[index]) return left[index] < right[index]
  return false
}
