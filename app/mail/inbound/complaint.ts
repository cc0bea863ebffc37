import { decodedBytes } from './decode-bytes.ts'
import { fieldGroups, plainAddress } from './delivery-status.ts'
import { judgeFailure } from './judge-failure.ts'
import type { ReadMail } from './read-mail.ts'
import type { ReportedRecipient } from './verdict.ts'

/**
 * Whom a complaint about our mail names, or null if the mail is no complaint.
 *
 * The Abuse Reporting Format (RFC 5965, also for authentication failures, RFC 6591), and Microsoft's older form: our mail
 * attached, with the complaining reader in `X-HmXmrOriginalRecipient`.
 */
export function complainedRecipients(mail: ReadMail): ReportedRecipient[] | null {
  const report = mail.attachments.find(({ type }) => type === 'message/feedback-report')
  if (report !== undefined) return named(fieldsOf(report.bytes).get('original-rcpt-to') ?? '')
  if (/report-type\s*=\s*"?feedback-report/i.test(mail.headers.get('content-type') ?? '')) return []
  const returned = mail.attachments.find(({ type }) => type === 'message/rfc822')
  const reader = returned === undefined ? undefined : fieldsOf(returned.bytes).get('x-hmxmroriginalrecipient')
  return reader === undefined ? null : named(reader)
}

function fieldsOf(bytes: Uint8Array): ReadonlyMap<string, string> {
  return fieldGroups(decodedBytes(bytes).trimStart())[0] ?? new Map<string, string>()
}

function named(value: string): ReportedRecipient[] {
  const address = plainAddress(value)
  // The mail did arrive: that is what the reader complains of.
  return address === ''
    ? []
    : [judgeFailure({ address, action: 'delivered', status: null, diagnostic: '', report: '' })]
}
