import type { Transaction } from '#app/platform/db.server.ts'

import { jobStatuses, type Heartbeat, type JobRow, type JobStatus } from './jobs.ts'

type Wanted = {
  status: JobStatus | null
  /** The id of the last job of the page before. */
  before: string | null
  most: number
}

/** How far the jobs of a status are counted. */
export const mostCounted = 10_000

const nothing = { queued: 0, running: 0, done: 0, failed: 0, stopped: 0 } as const satisfies Record<JobStatus, number>

/** A page of the background jobs, newest first, with how many there are in each status, for the operator. */
export async function findJobs(
  tx: Transaction,
  { status, before, most }: Wanted,
): Promise<{
  jobs: JobRow[]
  counts: Record<JobStatus, number>
  next: string | null
  heartbeats: Heartbeat[]
}> {
  const rows = await tx.$queryRaw<JobRow[]>`
    select j.id, j.kind, j.status, j.attempts, j.last_error as "lastError",
      j.created_at as "createdAt", j.started_at as "startedAt", j.finished_at as "finishedAt",
      (select jsonb_build_object('name', o.name, 'nameOther', o.name_other) from organisation o where o.id = j.organisation_id) as organisation
    from job j
    where (${status}::text is null or j.status = ${status}) and (${before}::uuid is null or j.id < ${before}::uuid)
    order by j.id desc limit ${most + 1}`
  const counts = await tx.$queryRaw<{ status: JobStatus; count: number }[]>`
    select s.status, (select count(*)::int from (select from job j where j.status = s.status limit ${mostCounted}) as these) as count
    from unnest(${[...jobStatuses]}::text[]) as s(status)`
  const heartbeats = await tx.heartbeat.findMany({ orderBy: { name: 'asc' }, select: { name: true, at: true } })
  const jobs = rows.slice(0, most)
  return {
    jobs,
    counts: { ...nothing, ...Object.fromEntries(counts.map((row) => [row.status, row.count])) },
    next: rows.length > most ? (jobs.at(-1)?.id ?? null) : null,
    heartbeats,
  }
}
