import { now } from './clock.server.ts'
import { withNobody } from './db.server.ts'
import { storageAnswers } from './objects.server.ts'

/** Whether one part answers, and how long that took. */
export type Readiness = { ok: boolean; ms: number }

/** The parts without which the portal keeps no promise. The worker is there when it set its heartbeat within this time. */
const heartbeatSeconds = 60

/** Asks database, queue (the worker's heartbeat) and storage, each on its own. */
export async function readiness(): Promise<Record<'database' | 'queue' | 'storage', Readiness>> {
  const [database, queue, storage] = await Promise.all([
    probe(async () => (await withNobody((tx) => tx.$queryRaw`select 1`)) !== undefined),
    probe(async () => {
      const beat = await withNobody((tx) =>
        tx.heartbeat.findUnique({ where: { name: 'worker' }, select: { at: true } }),
      )
      return beat !== null && now().getTime() - beat.at.getTime() < heartbeatSeconds * 1000
    }),
    probe(storageAnswers),
  ])
  return { database, queue, storage }
}

async function probe(ask: () => Promise<boolean>): Promise<Readiness> {
  const started = performance.now()
  // A part that fails is the answer here, not an error of the page.
  const ok = await Promise.race([ask(), timeout()]).catch(() => false)
  return { ok, ms: Math.round(performance.now() - started) }
}

function timeout(): Promise<false> {
  return new Promise((done) => {
    setTimeout(() => done(false), 3_000).unref()
  })
}
