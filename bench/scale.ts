import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { projectRoot } from '#app/platform/project-root.server.ts'
import { benchVendorEmail, scaleWorld } from './scale-world.ts'
import { freePort, signIn } from './web.ts'
import { benchEmail, type Ground } from './world.ts'

/** The 95th percentile of a page, large and small, in milliseconds. */
export type ScaleResult = { name: string; value: number; limit: number; runs: number }

const large = Number(process.env['BENCH_NOTICES'] ?? 1_000_000)
const small = Math.min(10_000, large)
const requests = Number(process.env['BENCH_REQUESTS'] ?? 2_000)
const rounds = 5
const abreast = 2

const pages = [
  { name: 'scale home', path: () => '/home', as: benchEmail },
  { name: 'scale notices-list', path: () => '/notices', as: benchEmail },
  { name: 'scale notice-page', path: (reference: string) => `/notices/${reference}`, as: benchEmail },
  { name: 'scale vendor-inbox', path: () => '/inbox', as: benchVendorEmail },
] as const

type Portal = { base: string; reference: string; cookies: ReadonlyMap<string, string>; stop: () => Promise<void> }

/**
 * The same pages among 1,000,000 notices, the largest holder having 200,000, and among 10,000: the 95th percentile of
 * 2,000 requests each, the median of five runs that take turns. The databases are kept under `.data/bench`.
 */
export async function scale(): Promise<ScaleResult[]> {
  const few = await openPortal(small)
  const many = await openPortal(large)
  try {
    const results: ScaleResult[] = []
    for (const { name, path, as } of pages) {
      const [value, limit]: [number[], number[]] = [[], []]
      await p95(few, { path: path(few.reference), as, times: 100 })
      await p95(many, { path: path(many.reference), as, times: 100 })
      for (let round = 0; round < rounds; round += 1) {
        limit.push(await p95(few, { path: path(few.reference), as, times: requests }))
        value.push(await p95(many, { path: path(many.reference), as, times: requests }))
      }
      results.push({ name, value: median(value), limit: median(limit), runs: rounds * requests })
    }
    return results
  } finally {
    await many.stop()
    await few.stop()
  }
}

async function openPortal(notices: number): Promise<Portal> {
  const ground = await scaleWorld({ notices, folder: join(projectRoot, '.data', 'bench', `notices-${notices}`) })
  const reference = await aReference(ground)
  await ground.leave()
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const web: ChildProcess = spawn(process.execPath, [join(projectRoot, 'build/server/index.js')], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...ground.env, PORT: String(port), BASE_URL: base, CAVEAT_BENCH: 'true' },
  })
  const cookies = new Map<string, string>()
  for (const email of [benchEmail, benchVendorEmail]) cookies.set(email, await signIn(base, email))
  return {
    base,
    reference,
    cookies,
    stop: async () => {
      const ended = new Promise((done) => web.once('exit', done))
      web.kill('SIGTERM')
      await ended
      await ground.close()
    },
  }
}

/** A notice that real acts made, answered by its vendor. */
async function aReference({ owner }: Ground): Promise<string> {
  const { rows } = await owner.query<{ reference: string }>(
    `select n.reference from notice n where n.stage = 'decided' and length(n.reference) = 13 order by n.id limit 1`,
  )
  const [row] = rows
  if (row === undefined) throw new Error('There is no decided notice to look at.')
  return row.reference
}

async function p95(
  { base, cookies }: Portal,
  { path, as, times }: { path: string; as: string; times: number },
): Promise<number> {
  const headers = { cookie: cookies.get(as) ?? '' }
  const took: number[] = []
  const lane = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      const begun = performance.now()
      const answer = await fetch(`${base}${path}`, { headers, redirect: 'manual' })
      await answer.arrayBuffer()
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
      took.push(performance.now() - begun)
    }
  }
  await Promise.all(Array.from({ length: abreast }, () => lane(Math.ceil(times / abreast))))
  return took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.95)] ?? 0
}

function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0
}
