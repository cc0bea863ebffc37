import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { alarmConditions } from '#app/operator/alarms.ts'
import { jobKindWord } from '#app/operator/wording.ts'

const root = resolve(import.meta.dirname, '..')
const page = readFileSync(join(root, 'docs/operations.md'), 'utf8')

function sourcesIn(folder: string, end: RegExp): string {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => end.test(path) && !/generated|\.test\./u.test(path))
    .map((path) => readFileSync(join(root, folder, path), 'utf8'))
    .join('\n')
}

const missing = (names: Iterable<string>) =>
  [...new Set(names)].filter((name) => !page.includes(`\`${name}\``)).toSorted()

test('whoever runs the portal finds every variable that the code reads', () => {
  const settings = readFileSync(join(root, 'app/platform/env.server.ts'), 'utf8')
  const validated = [...settings.matchAll(/^ {2}([A-Z][A-Z_0-9]+): /gmu)].map(([, name = '']) => name)
  expect(validated.length).toBeGreaterThan(25)
  const code = ['app', 'scripts', 'prisma', 'emails'].map((folder) => sourcesIn(folder, /\.(?:js|tsx?)$/u)).join('\n')
  const read = [...code.matchAll(/process\.env\['([A-Z_0-9]+)'\]/gu)].map(([, name = '']) => name)
  expect(read).toContain('DATABASE_URL')
  expect(missing([...validated, ...read.filter((name) => name !== 'PATH')])).toEqual([])
})

test('and every alarm, number and command', () => {
  expect(missing(alarmConditions)).toEqual([])
  const numbers = sourcesIn('prisma/migrations', /\.sql$/u).matchAll(/SELECT '(caveat_[a-z_]+)'/gu)
  expect(missing([...numbers].map(([, name = '']) => name))).toEqual([])
  const cli = readFileSync(join(root, 'app/caveat.ts'), 'utf8')
  const commands = [...cli.matchAll(/(\w+)\s*(?:= program)?\s*\.command\('([\w-]+)'\)/gu)]
  expect(commands.length).toBeGreaterThan(10)
  const groups = new Set(commands.filter(([all]) => all.includes('= program')).map(([, name]) => name))
  const full = commands.flatMap(([all, group = '', name = '']) =>
    all.includes('= program') ? [] : groups.has(group) ? [`${group} ${name}`] : [name],
  )
  expect(missing(full)).toEqual([])
})

test('and each job under a name that is no word of the code', () => {
  const worker = readFileSync(join(root, 'app/worker.ts'), 'utf8')
  const registry = /const jobs: JobRegistry = \{([\s\S]*?)\n\}/u.exec(worker)?.[1] ?? ''
  const kinds = [...registry.matchAll(/^ {2}'?([\w-]+)'?:/gmu)].map(([, kind = '']) => kind)
  expect(kinds.length).toBeGreaterThan(8)
  expect(kinds.filter((kind) => jobKindWord(kind) === kind)).toEqual([])
})
