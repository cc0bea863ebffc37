/** What can be wrong with the portal itself. */
export const alarmConditions = [
  'mail_waits',
  'mail_held',
  'jobs_failed',
  'jobs_wait',
  'ledger_broken',
  'process_silent',
  'contact_fails',
] as const
export type AlarmCondition = (typeof alarmConditions)[number]

/** How things stand with the portal. */
export type Standing = {
  /** Since when the mail that is longest due waits, in seconds; 0 where none is due. */
  oldestMailSeconds: number
  /** Whether a restore holds mails back. */
  isHeld: boolean
  /** Jobs that failed within a day and were not tried again. */
  failedJobs: number
  /** Since when the job that is longest due waits, in seconds; 0 where none is due. */
  oldestJobSeconds: number
  /** Notices whose ledgers do not hold. */
  brokenLedgers: readonly string[]
  /** How long ago each process last said that it is there. */
  processes: readonly { name: string; silentSeconds: number }[]
  /** Vendors whose verified contact sends mail back, with the notices that reached nobody there. */
  failingContacts: readonly { vendor: string; notices: number }[]
}

/** A condition that holds now. `subject` names a process or a vendor, else it is empty; `amount` counts minutes, jobs or notices. */
export type Raised = { condition: AlarmCondition; subject: string; amount: number; notices: readonly string[] }

/** How many minutes a mail that is due may wait. */
export const patienceMinutes = 15
/** How many minutes a job that is due may wait for those before it: a large import takes some. */
const jobPatienceMinutes = 60
/** How many minutes a process may say nothing. */
export const silenceMinutes = 5

const dayMs = 86_400_000

/** What is wrong. While mails are held after a restore they wait for an operator, and that is the one alarm about them. */
export function judgeStanding(standing: Standing): Raised[] {
  const { oldestMailSeconds, isHeld, failedJobs, oldestJobSeconds, brokenLedgers, processes, failingContacts } =
    standing
  const waited = Math.floor(oldestMailSeconds / 60)
  return [
    ...(isHeld ? [raised('mail_held', waited)] : []),
    ...(!isHeld && oldestMailSeconds > patienceMinutes * 60 ? [raised('mail_waits', waited)] : []),
    ...(failedJobs > 0 ? [raised('jobs_failed', failedJobs)] : []),
    ...(oldestJobSeconds > jobPatienceMinutes * 60 ? [raised('jobs_wait', Math.floor(oldestJobSeconds / 60))] : []),
    ...(brokenLedgers.length > 0 ? [raised('ledger_broken', brokenLedgers.length, '', brokenLedgers)] : []),
    ...processes
      .filter(({ name, silentSeconds }) => name !== 'worker' && silentSeconds > silenceMinutes * 60)
      .map(({ name, silentSeconds }) => raised('process_silent', Math.floor(silentSeconds / 60), name)),
    ...failingContacts.map(({ vendor, notices }) => raised('contact_fails', notices, vendor)),
  ]
}

/**
 * Whether operators are mailed about an alarm that is open: once for as long as it lasts, and not within a day of a mail about
 * the same, so that what comes and goes does not fill their mailboxes.
 */
export function isMailDue(alarm: { mailedAt: Date | null; lastMailedAt: Date | null }, at: Date): boolean {
  if (alarm.mailedAt !== null) return false
  return alarm.lastMailedAt === null || at.getTime() - alarm.lastMailedAt.getTime() >= dayMs
}

function raised(condition: AlarmCondition, amount: number, subject = '', notices: readonly string[] = []): Raised {
  return { condition, subject, amount, notices }
}
