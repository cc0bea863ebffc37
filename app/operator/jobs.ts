import { z } from 'zod'

/** What a job is doing. */
export const jobStatuses = ['queued', 'running', 'done', 'failed', 'stopped'] as const
export type JobStatus = (typeof jobStatuses)[number]

/** A background job as the operator sees it. */
export type JobRow = {
  id: string
  kind: string
  status: JobStatus
  attempts: number
  organisation: { name: string; nameOther: string | null } | null
  lastError: string | null
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
}

/** When a process last said that it is there. */
export type Heartbeat = { name: string; at: Date }

/** Whether a job may be tried again: it has failed, and nobody asked for it to stop. */
export function mayTryAgain({ status }: Pick<JobRow, 'status'>): boolean {
  return status === 'failed'
}

/** Since when a job is in its status. */
export function sinceOf({
  status,
  createdAt,
  startedAt,
  finishedAt,
}: Pick<JobRow, 'status' | 'createdAt' | 'startedAt' | 'finishedAt'>): Date {
  if (status === 'queued') return createdAt
  return (status === 'running' ? startedAt : finishedAt) ?? startedAt ?? createdAt
}

const query = z.object({
  status: z.enum(jobStatuses).nullable().catch(null),
  before: z.uuid().nullable().catch(null),
})

/** What an address of the list asks for; what it cannot mean is left out. */
export function readJobsQuery(url: string): { status: JobStatus | null; before: string | null } {
  const { searchParams } = new URL(url)
  return query.parse({ status: searchParams.get('status'), before: searchParams.get('before') })
}
