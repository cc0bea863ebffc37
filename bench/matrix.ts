import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { countJointWorks, countVendorWorks } from '#app/associations/count-joint-works.server.ts'
import { projectRoot } from '#app/platform/project-root.server.ts'
import { benchAssociationEmail, matrixWorld } from './matrix-world.ts'
import { freePort, signIn } from './web.ts'

/** How long a page takes, and how long it may, in milliseconds. */
export type MatrixResult = { name: string; value: number; limit: number; runs: number }

const notices = Number(process.env['BENCH_NOTICES'] ?? 1_000_000)
const requests = Number(process.env['BENCH_REQUESTS'] ?? 40)

const pages = [
  { name: 'matrix', path: '/association/matrix', limit: 300 },
  {
    name: 'matrix filtered',
    path: '/association/matrix?kind=exclusion&measure=STOP_TRAINING_FUTURE&from=2026-03&to=2026-08&sort=late',
    limit: 300,
  },
  { name: 'matrix of works', path: '/association/matrix?count=works', limit: 300 },
  { name: 'matrix late', path: '/association/matrix?show=late', limit: 300 },
  { name: 'joint-claims', path: '/association/joint-claims', limit: 300 },
] as const

/**
 * The pages of an association among 1,000,000 notices of its 200 members to 40 vendors: the median of full pages, one
 * after another, from the request to the last byte. The database is kept under `.data/bench`.
 */
export async function matrix(): Promise<MatrixResult[]> {
  const ground = await matrixWorld({ notices, folder: join(projectRoot, '.data', 'bench', `matrix-${notices}`) })
  const begun = performance.now()
  const counted = await countJointWorks()
  const counting = performance.now() - begun
  const begunVendors = performance.now()
  const countedVendors = await countVendorWorks()
  const countingVendors = performance.now() - begunVendors
  await ground.leave()
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const web: ChildProcess = spawn(process.execPath, [join(projectRoot, 'build/server/index.js')], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...ground.env, PORT: String(port), BASE_URL: base, CAVEAT_BENCH: 'true' },
  })
  try {
    const cookie = await signIn(base, benchAssociationEmail)
    const results: MatrixResult[] = [
      { name: 'joint-claims counted', value: counting, limit: 60_000, runs: counted },
      { name: 'works of vendors counted', value: countingVendors, limit: 60_000, runs: countedVendors },
    ].filter(({ runs }) => runs > 0)
    for (const { name, path, limit } of pages) {
      await medianOf({ url: base + path, cookie, times: 5 })
      results.push({
        name,
        limit,
        value: await medianOf({ url: base + path, cookie, times: requests }),
        runs: requests,
      })
    }
    return results
  } finally {
    const ended = new Promise((done) => web.once('exit', done))
    web.kill('SIGTERM')
    await ended
    await ground.close()
  }
}

async function medianOf({ url, cookie, times }: { url: string; cookie: string; times: number }): Promise<number> {
  const took: number[] = []
  for (let index = 0; index < times; index += 1) {
    const begun = performance.now()
    const answer = await fetch(url, { headers: { cookie }, redirect: 'manual' })
    await answer.arrayBuffer()
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`)
    took.push(performance.now() - begun)
  }
  return took.toSorted((one, other) => one - other)[Math.floor(took.length / 2)] ?? 0
}
