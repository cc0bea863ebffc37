import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { formatBytes, formatNumber, formatShare, formatTime } from '#app/ui/format.ts'
import { LineChart } from '#app/ui/line-chart.tsx'
import { Section } from '#app/ui/section.tsx'
import type { HourOfMails, MailGroup, PortalMetrics, Process, Queue } from './metrics.ts'

const queueWords = {
  duties: () => m.operator_metrics_duties(),
  mails: () => m.operator_metrics_mails(),
  jobs: () => m.operator_metrics_jobs(),
  clocks: () => m.operator_metrics_clocks(),
} satisfies Record<Queue['key'], () => string>

/** What waits, and for how long. */
export function QueuesTable({ queues }: { queues: readonly Queue[] }) {
  const columns: readonly Column<Queue>[] = [
    { key: 'queue', head: m.operator_metrics_queue(), kind: 'row', cell: ({ key }) => queueWords[key]() },
    { key: 'due', head: m.operator_metrics_waiting(), kind: 'number', cell: ({ due }) => formatNumber(due) },
    {
      key: 'oldest',
      head: m.operator_metrics_oldest(),
      cell: ({ due, oldestSeconds }) => (due === 0 ? m.operator_metrics_none() : waitWord(oldestSeconds)),
    },
  ]
  return <DataTable caption={m.operator_metrics_queues()} rows={queues} rowKey={({ key }) => key} columns={columns} />
}

/** Which processes say that they are there. */
export function ProcessesTable({ processes }: { processes: readonly Process[] }) {
  const columns: readonly Column<Process>[] = [
    { key: 'process', head: m.operator_metrics_process(), kind: 'row', cell: nameOf },
    { key: 'seen', head: m.operator_metrics_seen(), cell: ({ silentSeconds }) => agoWord(silentSeconds) },
    {
      key: 'state',
      head: m.operator_metrics_state(),
      cell: stateOf,
    },
  ]
  return (
    <DataTable
      caption={m.operator_metrics_processes()}
      rows={processes}
      rowKey={({ name }) => name}
      columns={columns}
    />
  )
}

function nameOf({ name }: Process) {
  return <code>{name}</code>
}

function stateOf({ silent }: Process) {
  return silent ? <strong>{m.operator_metrics_silent()}</strong> : m.operator_metrics_reports()
}

/** What is one number each. */
export function OtherNumbers({ metrics }: { metrics: PortalMetrics }) {
  const { failedJobs, held, ledgerSeconds, disk } = metrics
  const share = formatShare(disk.total === 0 ? 0 : disk.free / disk.total)
  return (
    <Facts
      facts={[
        [
          m.operator_metrics_failed(),
          <a key="failed" href="/operator/jobs?status=failed">
            {formatNumber(failedJobs)}
          </a>,
        ],
        held
          ? [
              m.operator_metrics_held(),
              <a key="held" href="/operator/mail">
                {m.operator_alarm_mail_held()}
              </a>,
            ]
          : null,
        [
          m.operator_metrics_ledger(),
          ledgerSeconds === null ? m.operator_metrics_ledger_never() : agoWord(ledgerSeconds),
        ],
        [
          m.operator_metrics_disk(),
          m.operator_metrics_disk_of({ free: formatBytes(disk.free), total: formatBytes(disk.total), share }),
        ],
      ]}
    />
  )
}

const groupWords = {
  delivered: () => m.operator_metrics_delivered(),
  accepted: () => m.operator_metrics_accepted(),
  waits: () => m.operator_metrics_waits(),
  failed: () => m.operator_metrics_failed_mails(),
  cancelled: () => m.operator_metrics_cancelled(),
} satisfies Record<MailGroup, () => string>

const drawn = ['delivered', 'accepted', 'waits', 'failed'] as const

/** The mails of the last day by the hour: drawn, and beside it all numbers. */
export function MailsOfDay({ hours, timeZone }: { hours: readonly HourOfMails[]; timeZone: string }) {
  const title = m.operator_metrics_day()
  const columns: readonly Column<HourOfMails>[] = [
    { key: 'hour', head: m.operator_metrics_hour(), kind: 'row', cell: ({ from }) => formatTime(from, timeZone) },
    ...([...drawn, 'cancelled'] as const).map((group): Column<HourOfMails> => {
      return {
        key: group,
        head: groupWords[group](),
        kind: 'number',
        cell: ({ counts }) => formatNumber(counts[group]),
      }
    }),
  ]
  // The chart shows the whole day; the table, newest first, the hours of which there is something to tell.
  const told = hours.filter(({ counts }) => Object.values(counts).some((count) => count > 0)).toReversed()
  return (
    <Section id="day" title={title}>
      <p className="cap below-sm">{m.operator_metrics_day_lead()}</p>
      {told.length === 0 ? (
        <Empty>{m.operator_metrics_day_none()}</Empty>
      ) : (
        <div className="report">
          <LineChart
            id="chart-day"
            title={title}
            description={m.operator_metrics_day_lead()}
            places={hours.map(({ from }) => formatTime(from, timeZone))}
            series={drawn.map((group) => ({
              key: group,
              label: groupWords[group](),
              values: hours.map(({ counts }) => counts[group]),
            }))}
            write={formatNumber}
          />
          <DataTable caption={title} rows={told} rowKey={({ from }) => from} columns={columns} />
        </div>
      )}
    </Section>
  )
}

function agoWord(seconds: number): string {
  return seconds < 1 ? m.operator_metrics_now() : m.operator_metrics_ago({ wait: waitWord(seconds) })
}

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

// In the largest unit that is full, rounded down: nothing seems to have waited longer than it has.
function waitWord(seconds: number): string {
  const [unit, length] = units.find(([, each]) => seconds >= each) ?? ['second', 1]
  const format = new Intl.NumberFormat(getLocale(), { style: 'unit', unit, unitDisplay: 'long' })
  return format.format(Math.floor(seconds / length))
}
