import { z } from 'zod'

/** The truth about an outgoing mail. */
export const mailStatuses = [
  'queued',
  'sending',
  'accepted',
  'deferred',
  'delivered',
  'bounced',
  'failed',
  'cancelled',
] as const
export type MailStatus = (typeof mailStatuses)[number]

/** The views of the delivery queue; each holds the statuses named. `ambiguous` holds mails of which an attempt ended without an answer. */
export const mailViews = {
  all: mailStatuses,
  failed: ['bounced', 'failed'],
  waiting: ['queued', 'sending', 'deferred'],
  sent: ['accepted', 'delivered'],
  ambiguous: mailStatuses,
} as const satisfies Record<string, readonly MailStatus[]>
export type MailView = keyof typeof mailViews

/** One try to hand a mail over. `ambiguous`: it ended after the final dot without an answer. */
export type MailAttempt = {
  number: number
  startedAt: Date
  endedAt: Date | null
  result: 'running' | 'accepted' | 'deferred' | 'refused' | 'ambiguous'
  code: number | null
  response: string | null
}

/** A mail as the operator sees it: to whom, when and what became of it; never its words. */
export type MailRow = {
  id: string
  kind: string
  toAddress: string
  status: MailStatus
  createdAt: Date
  nextAttemptAt: Date
  lastResponse: string | null
  /** The reference of its notice; null for a mail about an account or a catalogue. */
  reference: string | null
  attempts: MailAttempt[]
}

/** Whether an attempt ended without telling whether the mail was taken: it may have arrived twice, or not at all. */
export function isAmbiguous({ attempts }: Pick<MailRow, 'attempts'>): boolean {
  return attempts.some(({ result }) => result === 'ambiguous')
}

/** Whether the operator may send a mail once more: only what has failed for good. */
export function mayRetry({ status }: Pick<MailRow, 'status'>): boolean {
  return status === 'failed' || status === 'bounced'
}

const query = z.object({
  view: z.enum(['all', 'failed', 'waiting', 'sent', 'ambiguous']).catch('all'),
  to: z.string().trim().toLowerCase().max(254).catch(''),
  before: z.uuid().nullable().catch(null),
})

/** What an address of the queue asks for; what it cannot mean is left out. */
export function readMailsQuery(url: string): { view: MailView; to: string; before: string | null } {
  const { searchParams } = new URL(url)
  return query.parse({
    view: searchParams.get('view') ?? 'all',
    to: searchParams.get('to') ?? '',
    before: searchParams.get('before'),
  })
}

/** Counts stop here: what is more is said as 10,000+. */
export const mostCounted = 10_000
