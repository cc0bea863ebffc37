import { now } from './clock.server.ts'
import { withWorker } from './db.server.ts'
import { log } from './log.server.ts'

/** A job that was taken from the table, under lease. */
export type TakenJob = {
  id: string
  kind: string
  subjectId: string
  organisationId: string | null
  requestedBy: string | null
  attempts: number
}

/** What does the jobs of each kind. A job must be fit to run again from the start: its process may be killed. */
export type JobRegistry = Readonly<Record<string, (job: TakenJob) => Promise<void>>>

/** What says, for each kind, on the pages of what its job works on that the portal gave it up. Said twice it is the same. */
export type GivenUpRegistry = Readonly<Record<string, (subjectId: string) => Promise<void>>>

/** A lease is renewed while its job runs; the job of a killed process is free again after this. */
const leaseSeconds = 60
/** How often a job is tried before it stays failed. */
export const mostAttempts = 3
/** How often a job is begun whose process each time ended before it did: it may be the job that ends it. */
const mostEnds = 10

/**
 * Runs one job that is due, if there is one. Those whose process ended too often are given up before.
 *
 * @returns whether there was one
 */
export async function runOneJob(registry: JobRegistry, givenUp: GivenUpRegistry = {}): Promise<boolean> {
  const kinds = Object.keys(registry)
  await giveUpJobs(kinds, givenUp)
  const job = await takeJob(kinds)
  if (job === undefined) return false
  const renewal = setInterval(() => void renewLease(job.id), (leaseSeconds * 1000) / 3)
  try {
    await registry[job.kind]?.(job)
    await endJob(job, { status: 'done', error: null })
  } catch (error) {
    log.error({ err: error, job: job.id, kind: job.kind, attempts: job.attempts }, 'a job failed')
    const message = error instanceof Error ? error.message.slice(0, 500) : 'unknown'
    await endJob(job, { status: job.attempts < mostAttempts ? 'queued' : 'failed', error: message })
  } finally {
    clearInterval(renewal)
  }
  return true
}

async function giveUpJobs(kinds: readonly string[], givenUp: GivenUpRegistry): Promise<void> {
  const at = now()
  const where = { kind: { in: [...kinds] }, status: 'running', leaseUntil: { lt: at }, attempts: { gte: mostEnds } }
  const jobs = await withWorker((tx) => tx.job.findMany({ where, select: { id: true, kind: true, subjectId: true } }))
  for (const { id, kind, subjectId } of jobs) {
    log.error({ job: id, kind }, 'a job was given up')
    // Before the job itself: if this process ends in between, the next one finds it and says it once more.
    await givenUp[kind]?.(subjectId)
    const lastError = `Its process ended ${mostEnds} times before the job did.`
    await withWorker((tx) =>
      tx.job.updateMany({
        where: { ...where, id },
        data: { status: 'failed', finishedAt: at, leaseUntil: null, lastError },
      }),
    )
  }
}

async function takeJob(kinds: readonly string[]): Promise<TakenJob | undefined> {
  const at = now()
  const leaseUntil = new Date(at.getTime() + leaseSeconds * 1000)
  const [job] = await withWorker(
    (tx) => tx.$queryRaw<TakenJob[]>`
      update job set status = 'running', lease_until = ${leaseUntil}, attempts = attempts + 1, started_at = ${at}
      where id = (
        select id from job where kind = any(${[...kinds]}::text[]) and run_at <= ${at}
          and (status = 'queued' or status = 'running' and lease_until < ${at} and attempts < ${mostEnds})
        order by run_at limit 1 for update skip locked)
      returning id, kind, subject_id as "subjectId", organisation_id as "organisationId", requested_by as "requestedBy", attempts`,
  )
  return job
}

async function renewLease(id: string): Promise<void> {
  const leaseUntil = new Date(now().getTime() + leaseSeconds * 1000)
  try {
    await withWorker((tx) => tx.job.updateMany({ where: { id, status: 'running' }, data: { leaseUntil } }))
  } catch (error) {
    // Without a lease another process may start the job again: it is made for that.
    log.warn({ err: error, job: id }, 'a lease could not be renewed')
  }
}

type End = { status: 'done' | 'queued' | 'failed'; error: string | null }

async function endJob({ id, attempts }: TakenJob, { status, error }: End): Promise<void> {
  const at = now()
  const again = new Date(at.getTime() + 30_000 * 2 ** attempts)
  await withWorker((tx) =>
    tx.job.updateMany({
      // A job that somebody stopped meanwhile stays stopped; one that another process has taken is its own.
      where: { id, status: 'running', attempts },
      data: {
        status,
        leaseUntil: null,
        lastError: error,
        ...(status === 'queued' ? { runAt: again } : { finishedAt: at }),
      },
    }),
  )
}
