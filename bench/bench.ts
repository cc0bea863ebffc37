import { fileNotice } from './file-notice.ts'
import { mailOut } from './mail-out.ts'
import { noticePage, noticesList } from './pages.ts'
import type { Result } from './result.ts'

// npm run bench -- [name]: each goal as a ratio to a raw floor that is measured in the same run on the same machine.

const benches: Record<string, () => Promise<Result>> = {
  'file-notice': fileNotice,
  'notice-page': noticePage,
  'notices-list': noticesList,
  'mail-out': mailOut,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in benches))
if (unknown.length > 0) {
  process.stderr.write(`No such goal: ${unknown.join(', ')}. There are ${Object.keys(benches).join(', ')}.\n`)
  process.exit(2)
}
for (const [name, measure] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const { value, unit, limit, runs } = await measure()
  process.stdout.write(
    `${JSON.stringify({ name, value: round(value), unit, limit: round(limit), ratio: round(value / limit), runs })}\n`,
  )
}
process.exit(0)

function round(figure: number): number {
  return Number(figure.toPrecision(4))
}
