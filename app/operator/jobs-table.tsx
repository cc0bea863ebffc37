import { m } from '#app/generated/messages/messages.js'
import { Badge } from '#app/ui/badge.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { formatDateTime, formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Name } from '#app/ui/title.tsx'
import { Moment } from '#app/ui/when.tsx'
import { readersLocale } from '#app/vendors/vendor-name.tsx'

import { mayTryAgain, sinceOf, type JobRow } from './jobs.ts'
import { jobKindWord, jobStatusWords } from './wording.ts'

/** Background jobs: for whom, since when in which state, what failed, and the act that tries again. */
export function JobsTable({ jobs, timeZone }: { jobs: readonly JobRow[]; timeZone: string }) {
  return <DataTable columns={columns(timeZone)} rows={jobs} rowKey={({ id }) => id} caption={m.operator_jobs_title()} />
}

function columns(timeZone: string): readonly Column<JobRow>[] {
  return [
    { key: 'kind', head: m.operator_jobs_column_kind(), kind: 'row', cell: ({ kind }) => jobKindWord(kind) },
    {
      key: 'organisation',
      head: m.operator_jobs_column_organisation(),
      cell: ({ organisation }) => <For organisation={organisation} />,
    },
    { key: 'state', head: m.operator_jobs_column_state(), cell: ({ status }) => <JobState status={status} /> },
    {
      key: 'since',
      head: m.operator_jobs_column_since(),
      cell: (job) => <Moment at={sinceOf(job)} timeZone={timeZone} />,
    },
    {
      key: 'attempts',
      head: m.operator_jobs_column_attempts(),
      kind: 'number',
      cell: ({ attempts }) => formatNumber(attempts),
    },
    {
      key: 'error',
      head: m.operator_jobs_column_error(),
      cell: ({ lastError }) =>
        lastError === null ? (
          <span className="faint">{m.operator_jobs_nothing_failed()}</span>
        ) : (
          <span className="typed">{lastError}</span>
        ),
    },
    {
      key: 'act',
      head: m.operator_mail_column_act(),
      cell: (job) => mayTryAgain(job) && <TryAgain job={job} timeZone={timeZone} />,
    },
  ]
}

function For({ organisation }: { organisation: JobRow['organisation'] }) {
  if (organisation === null) return <span className="faint">{m.operator_jobs_portal()}</span>
  return <Name>{nameIn(readersLocale(), organisation.name, organisation.nameOther)}</Name>
}

function JobState({ status }: { status: JobRow['status'] }) {
  if (status !== 'failed') return jobStatusWords[status]()
  return (
    <Badge icon="w-bounced" tone="late">
      {jobStatusWords.failed()}
    </Badge>
  )
}

function TryAgain({ job, timeZone }: { job: JobRow; timeZone: string }) {
  const date = formatDateTime(sinceOf(job), timeZone)
  return (
    <form method="post">
      <input type="hidden" name="jobId" value={job.id} />
      <button
        type="submit"
        className="b"
        aria-label={m.operator_jobs_retry_named({ kind: jobKindWord(job.kind), date })}
      >
        {m.operator_jobs_retry()}
      </button>
    </form>
  )
}
