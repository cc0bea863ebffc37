import { silenceMinutes } from './alarms.ts'

/** One number about the portal, as /metrics tells it. */
export interface Measured {
  readonly name: string
  readonly label: string | null
  readonly value: number
}

/** Mails made in one of the last hours, by their state now. 0 is the hour that runs. */
export interface MailsOfHour {
  readonly hour: number
  readonly status: string
  readonly mails: number
}

/** What waits in one of the queues: how much is due, and how long the oldest has been. */
export interface Queue {
  readonly key: 'duties' | 'mails' | 'jobs' | 'clocks'
  readonly due: number
  readonly oldestSeconds: number
}

/** A process, and how long ago it last said that it is there. */
export interface Process {
  readonly name: string
  readonly silentSeconds: number
  readonly silent: boolean
}

/** The numbers of an operator's page, of which a monitoring system gets the same. */
export interface PortalMetrics {
  readonly queues: readonly Queue[]
  readonly failedJobs: number
  readonly held: boolean
  /** Null before the first check. */
  readonly ledgerSeconds: number | null
  readonly disk: { readonly free: number; readonly total: number }
  readonly processes: readonly Process[]
}

const queues = {
  duties: ['caveat_mail_duties_waiting', null, 'caveat_mail_duty_oldest_seconds'],
  mails: ['caveat_mails_due', null, 'caveat_mail_oldest_seconds'],
  jobs: ['caveat_jobs', 'queued', 'caveat_job_oldest_seconds'],
  clocks: ['caveat_clocks_due', null, 'caveat_clock_oldest_seconds'],
} as const

/** Reads the page's numbers out of the lines that /metrics tells. */
export function metricsOf(lines: readonly Measured[]): PortalMetrics {
  const find = (name: string, label: string | null = null) =>
    lines.find((line) => line.name === name && line.label === label)?.value
  const queueOf = (key: Queue['key']): Queue => {
    const [due, label, oldest] = queues[key]
    return { key, due: find(due, label) ?? 0, oldestSeconds: Math.max(0, find(oldest) ?? 0) }
  }
  return {
    queues: [queueOf('duties'), queueOf('mails'), queueOf('jobs'), queueOf('clocks')],
    failedJobs: find('caveat_jobs', 'failed') ?? 0,
    held: (find('caveat_mails_held') ?? 0) > 0,
    ledgerSeconds: find('caveat_ledger_check_age_seconds') ?? null,
    disk: { free: find('caveat_disk_free_bytes') ?? 0, total: find('caveat_disk_bytes') ?? 0 },
    processes: lines.flatMap(({ name, label, value }) =>
      name === 'caveat_heartbeat_age_seconds' && label !== null
        ? [{ name: label, silentSeconds: value, silent: value > silenceMinutes * 60 }]
        : [],
    ),
  }
}

/** What became of the mails of an hour. */
export const mailGroups = {
  delivered: ['delivered'],
  accepted: ['accepted'],
  waits: ['queued', 'sending', 'deferred'],
  failed: ['failed', 'bounced'],
  cancelled: ['cancelled'],
} as const
/** One of `mailGroups`. */
export type MailGroup = keyof typeof mailGroups

/** One of the last hours with its mails. */
export interface HourOfMails {
  /** When it began. ISO 8601. */
  readonly from: string
  readonly counts: Readonly<Record<MailGroup, number>>
}

const hourMs = 3_600_000
const hoursShown = 24

/** The last day, oldest hour first; hours without mails, too. */
export function hoursOf(found: readonly MailsOfHour[], at: Date): readonly HourOfMails[] {
  return Array.from({ length: hoursShown }, (_, place) => {
    const hour = hoursShown - 1 - place
    const count = (group: MailGroup) =>
      found
        .filter((each) => each.hour === hour && mailGroups[group].some((status) => status === each.status))
        .reduce((sum, { mails }) => sum + mails, 0)
    return {
      from: new Date(at.getTime() - (hour + 1) * hourMs).toISOString(),
      counts: {
        delivered: count('delivered'),
        accepted: count('accepted'),
        waits: count('waits'),
        failed: count('failed'),
        cancelled: count('cancelled'),
      },
    }
  })
}
