import { matrix } from './matrix.ts'
import { collectiveFiling } from './collective-filing.ts'
import { fileNotice } from './file-notice.ts'
import { importWorks } from './import.ts'
import { mailOut } from './mail-out.ts'
import { noticePage, noticesList } from './pages.ts'
import type { Result } from './result.ts'
import { scale } from './scale.ts'
import { seed } from './seed.ts'

// npm run bench -- [name]: each goal as a ratio to a raw floor that is measured in the same run on the same machine.

const benches: Record<string, () => Promise<readonly Line[]>> = {
  'file-notice': () => line('file-notice', fileNotice),
  'notice-page': () => line('notice-page', noticePage),
  'notices-list': () => line('notices-list', noticesList),
  'mail-out': () => line('mail-out', mailOut),
  import: () => line('import', importWorks),
  seed: () => line('seed', seed),
  // Seconds of worker time for 1,000 members and 20 vendors: less is better.
  'collective-filing': collectiveFiling,
  // Milliseconds with many notices beside milliseconds with few: here less is better.
  matrix: async () => (await matrix()).map((each) => ({ ...each, unit: 'ms' })),
  scale: async () => (await scale()).map((each) => ({ ...each, unit: 'ms' })),
}

type Line = Result & { name: string }

async function line(name: string, measure: () => Promise<Result>): Promise<readonly Line[]> {
  return [{ name, ...(await measure()) }]
}

// Minutes long, and made for a machine that does nothing else: only when asked for.
const onlyByName: ReadonlySet<string> = new Set(['collective-filing', 'scale', 'matrix'])

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in benches))
if (unknown.length > 0) {
  process.stderr.write(`No such goal: ${unknown.join(', ')}. There are ${Object.keys(benches).join(', ')}.\n`)
  process.exit(2)
}
for (const [name, measure] of Object.entries(benches)) {
  if (wanted.length > 0 ? !wanted.includes(name) : onlyByName.has(name)) continue
  for (const { name: label, value, unit, limit, runs } of await measure())
    process.stdout.write(
      `${JSON.stringify({ name: label, value: round(value), unit, limit: round(limit), ratio: round(value / limit), runs })}\n`,
    )
}
process.exit(0)

function round(figure: number): number {
  return Number(figure.toPrecision(4))
}
