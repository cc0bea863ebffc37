import { z } from 'zod'

import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { DoneNote } from '#app/operator/done-note.tsx'
import { findJobs } from '#app/operator/find-jobs.server.ts'
import { JobsTable } from '#app/operator/jobs-table.tsx'
import { jobStatuses, readJobsQuery, type Heartbeat, type JobStatus } from '#app/operator/jobs.ts'
import { rowsPerPage } from '#app/operator/organisations.ts'
import { ReturnedFaults } from '#app/operator/returned-faults.tsx'
import { retryJob } from '#app/operator/retry-job.server.ts'
import { jobStatusWords, readDone } from '#app/operator/wording.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { Empty } from '#app/ui/empty.tsx'
import { formatDateTime, formatNumber } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { TableFoot } from '#app/ui/pager.tsx'
import { Section } from '#app/ui/section.tsx'
import { Tabs } from '#app/ui/tabs.tsx'

import type { Route } from './+types/jobs.ts'
import { answerForm, resultFor } from './answer-form.ts'

const base = '/operator/jobs'

export const meta: Route.MetaFunction = () => pageTitle(m.operator_jobs_title())

export async function loader({ context, request }: Route.LoaderArgs) {
  const { personId, timeZone } = requireMember(context, ['operator'])
  const query = readJobsQuery(request.url)
  const found = await withPerson(personId, (tx) => findJobs(tx, { ...query, most: rowsPerPage }))
  return { ...found, ...query, timeZone, done: readDone(request.url) }
}

export async function action({ context, request }: Route.ActionArgs) {
  const member = requireMember(context, ['operator'])
  return answerForm({
    form: await request.formData(),
    schema: z.object({ jobId: z.uuid() }),
    act: ({ jobId }) => retryJob({ member, jobId }),
    next: () => ({ path: base, done: 'job-retried' }),
  })
}

/** What runs in the background, for the operator. */
export default function Jobs({ loaderData, actionData }: Route.ComponentProps) {
  const { jobs, counts, heartbeats, status, next, before, timeZone, done } = loaderData
  const found = status === null ? jobStatuses.reduce((sum, each) => sum + counts[each], 0) : counts[status]
  return (
    <>
      <PageHead title={m.operator_jobs_title()}>{m.operator_jobs_intro()}</PageHead>
      <DoneNote done={done} />
      <ReturnedFaults result={resultFor(actionData, '')} />
      <div className="stack">
        <div>
          <Tabs label={m.operator_jobs_view()} chosen={status ?? 'all'} tabs={tabs(counts)} />
          {found === 0 ? (
            <div className="gap">
              <Empty>{status === null ? m.operator_jobs_none_at_all() : m.operator_jobs_none()}</Empty>
            </div>
          ) : (
            <>
              <JobsTable jobs={jobs} timeZone={timeZone} />
              <TableFoot
                shown={m.operator_jobs_count({ n: found, count: formatNumber(found) })}
                pages={{
                  previous: before === null ? undefined : addressOf({ status }),
                  next: next === null ? undefined : addressOf({ status, before: next }),
                }}
              />
            </>
          )}
        </div>
        <Heartbeats heartbeats={heartbeats} timeZone={timeZone} />
      </div>
    </>
  )
}

function Heartbeats({ heartbeats, timeZone }: { heartbeats: readonly Heartbeat[]; timeZone: string }) {
  return (
    <Section id="processes" title={m.operator_jobs_heartbeats()}>
      {heartbeats.length === 0 && <p className="faint">{m.operator_jobs_heartbeats_none()}</p>}
      <ul className="m">
        {heartbeats.map(({ name, at }) => (
          <li key={name}>{m.operator_jobs_heartbeat_line({ name, date: formatDateTime(at, timeZone) })}</li>
        ))}
      </ul>
    </Section>
  )
}

function tabs(counts: Record<JobStatus, number>) {
  const all = { key: 'all', label: m.operator_jobs_view_all(), href: base }
  return [
    all,
    ...jobStatuses.map((status) => ({
      key: status,
      label: jobStatusWords[status](),
      href: addressOf({ status }),
      count: counts[status],
    })),
  ]
}

function addressOf({ status, before }: { status: JobStatus | null; before?: string }): string {
  const query = new URLSearchParams({
    ...(status === null ? {} : { status }),
    ...(before === undefined ? {} : { before }),
  })
  return query.size === 0 ? base : `${base}?${query}`
}
