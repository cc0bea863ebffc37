import { z } from 'zod'
import { statusIn } from './failure-codes.ts'
import { judgeFailure } from './judge-failure.ts'
import type { ReportedRecipient } from './verdict.ts'

const notification = z.object({
  notificationType: z.enum(['Bounce', 'Complaint', 'Delivery']),
  mail: z
    .object({ commonHeaders: z.object({ messageId: z.string() }).partial() })
    .partial()
    .optional(),
  bounce: z
    .object({
      bouncedRecipients: z
        .array(
          z.object({
            emailAddress: z.string(),
            action: z.string().optional(),
            status: z.string().optional(),
            diagnosticCode: z.string().optional(),
          }),
        )
        .max(200),
    })
    .optional(),
  complaint: z.object({ complainedRecipients: z.array(z.object({ emailAddress: z.string() })).max(200) }).optional(),
  delivery: z.object({ recipients: z.array(z.string()).max(200) }).optional(),
})

/** What Amazon SES tells by SNS: a JSON object as the text of a mail. */
export type Notified = {
  kind: 'Bounce' | 'Complaint' | 'Delivery'
  recipients: ReportedRecipient[]
  messageId: string | null
}

/** Reads an Amazon SES notification that SNS mailed, or null if the text is none. */
export function notifiedBounce(text: string): Notified | null {
  const begin = text.trimStart()
  if (!begin.startsWith('{') || !begin.includes('"notificationType"')) return null
  // SNS folds the object at any character, with a newline and a space.
  const flat = begin.slice(0, 200_000).replace(/\r?\n ?/g, '')
  const end = flat.lastIndexOf('}')
  const read = notification.safeParse(parsed(flat.slice(0, end + 1)))
  if (!read.success) return null
  const { notificationType: kind, bounce, complaint, delivery, mail } = read.data
  const failed = (bounce?.bouncedRecipients ?? []).map(({ emailAddress, status, diagnosticCode = '' }) =>
    judgeFailure({
      address: emailAddress.toLowerCase(),
      action: 'failed',
      status: statusIn(status ?? ''),
      diagnostic: diagnosticCode,
      report: '',
    }),
  )
  const others = [
    ...(delivery?.recipients ?? []),
    ...(complaint?.complainedRecipients ?? []).map((one) => one.emailAddress),
  ]
  const reached = others.map((address) =>
    judgeFailure({ address: address.toLowerCase(), action: 'delivered', status: null, diagnostic: '', report: '' }),
  )
  return { kind, recipients: [...failed, ...reached], messageId: mail?.commonHeaders?.messageId ?? null }
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source)
  } catch {
    // Not JSON after all: then it is an ordinary text.
    return null
  }
}
