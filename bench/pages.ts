import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { takeSteps } from '#app/notices/take-steps.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { projectRoot } from '#app/platform/project-root.server.ts'
import type { Result } from './result.ts'
import { freePort, signIn } from './web.ts'
import { benchEmail, fileRounds, makeWorld, type World } from './world.ts'

const vendors = 200
const notices = 10_000
const seconds = 8
const connections = 4

/** Rendered notice pages per second among 10,000 notices. Floor: a page with the same shell, session and `select 1`. */
export function noticePage(): Promise<Result> {
  return measurePages(async ({ owner }) => {
    const { rows } = await owner.query<{ reference: string }>(
      'select reference from notice order by id offset 5000 limit 1',
    )
    return `/notices/${rows[0]?.reference ?? ''}`
  })
}

/** Rendered pages of the notices list per second, with 10,000 notices. Same floor. */
export function noticesList(): Promise<Result> {
  return measurePages(() => Promise.resolve('/notices'))
}

async function measurePages(choose: (world: World) => Promise<string>): Promise<Result> {
  const world = await makeWorld({ vendors, works: 200 })
  let web: ChildProcess | undefined
  try {
    await seedNotices(world)
    const path = await choose(world)
    const port = await freePort()
    const base = `http://127.0.0.1:${port}`
    web = spawn(process.execPath, [join(projectRoot, 'build/server/index.js')], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, PORT: String(port), BASE_URL: base, CAVEAT_BENCH: 'true' },
    })
    const cookie = await signIn(base, benchEmail)
    // The warm-up of each also proves that it is the page that is meant.
    await warmUp(`${base}/dev/floor`, cookie)
    await warmUp(`${base}${path}`, cookie)
    const floor = await pagesPerSecond(`${base}/dev/floor`, cookie)
    const page = await pagesPerSecond(`${base}${path}`, cookie)
    return { value: page.rate, unit: 'pages/s', limit: floor.rate, runs: page.runs }
  } finally {
    web?.kill('SIGTERM')
    await world.close()
  }
}

async function seedNotices(world: World): Promise<void> {
  await fileRounds(world, notices / vendors)
  const { owner } = world
  await owner.query('update notice set begun_at = now()')
  const { rows } = await owner.query<{ id: string }>('select id from notice order by id')
  for (let from = 0; from < rows.length; from += 500) {
    const noticeIds = rows.slice(from, from + 500).map(({ id }) => id)
    await withWorker((tx) => takeSteps(tx, { step: 'message.accepted', noticeIds, taker: { channel: 'system' } }))
  }
  // The worker gathers the counters every ten minutes.
  await withWorker((tx) => tx.$queryRaw`select compact_notice_tally()`)
  await owner.query('vacuum analyze notice_tally')
  await owner.query('analyze')
}

async function warmUp(url: string, cookie: string): Promise<void> {
  for (let count = 0; count < 60; count += 1) {
    const answer = await fetch(url, { headers: { cookie }, redirect: 'manual' })
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`)
    await answer.arrayBuffer()
  }
}

async function pagesPerSecond(url: string, cookie: string): Promise<{ rate: number; runs: number }> {
  const {
    '2xx': good,
    non2xx,
    errors,
    duration,
  } = await autocannon({ url, connections, duration: seconds, headers: { cookie } })
  if (non2xx > 0 || errors > 0) throw new Error(`${url}: ${non2xx} other answers, ${errors} errors`)
  return { rate: good / duration, runs: good }
}
