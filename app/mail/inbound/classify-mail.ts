import { complainedRecipients } from './complaint.ts'
import { embeddedRecipients, reportedRecipients } from './delivery-status.ts'
import { isAnswerable, isMachineWritten } from './machine-mail.ts'
import { notifiedBounce } from './notified-bounce.ts'
import type { ReadMail } from './read-mail.ts'
import { messageIdIn, returnedHeaders, splitReport } from './returned-mail.ts'
import type { DeliveryReport, MailKind, ReportedRecipient, Verdict } from './verdict.ts'
import { isWrittenReport, writtenRecipients } from './written-bounce.ts'

/**
 * What a mail is, by general rules: RFC 3464 reports, RFC 5965 complaints, reports in sentences, RFC 3834 and other machine
 * mail, and else a person's.
 *
 * It judges the claims in the mail. Whether a report belongs to a mail of ours is for the caller, by the token in its address.
 *
 * @param envelopeFrom what SMTP's `MAIL FROM` said, without brackets, empty for the null sender; leave out if unknown
 */
export function classifyMail(mail: ReadMail, envelopeFrom?: string): Verdict {
  const { report, returned } = splitReport(mail.text)
  const headers = returnedHeaders(mail, returned)
  const reportOf = (
    recipients: ReportedRecipient[],
    messageId: string | null = messageIdIn(headers),
  ): DeliveryReport => ({
    recipients,
    originalMessageId: messageId,
    originalHeaders: headers,
  })

  const complained = complainedRecipients(mail)
  if (complained !== null) return { kind: 'complaint', bounce: reportOf(complained), answerable: false }

  const notified = notifiedBounce(mail.text)
  if (notified !== null) {
    const bounce = reportOf(notified.recipients, notified.messageId)
    return { kind: notified.kind === 'Complaint' ? 'complaint' : kindOf(bounce.recipients), bounce, answerable: false }
  }
  const recipients = recipientsOf(mail, envelopeFrom, report, headers)
  if (recipients.length > 0) return { kind: kindOf(recipients), bounce: reportOf(recipients), answerable: false }

  if (isMachineWritten(mail, envelopeFrom)) return { kind: 'auto', answerable: false }
  const empty = mail.from === null || (mail.text.trim() === '' && mail.attachments.length === 0)
  return { kind: empty ? 'unknown' : 'reply', answerable: isAnswerable(mail, envelopeFrom) }
}

function recipientsOf(
  mail: ReadMail,
  envelopeFrom: string | undefined,
  report: string,
  headers: ReadonlyMap<string, string>,
): ReportedRecipient[] {
  const reported = reportedRecipients(mail)
  if (reported.length > 0 || !isWrittenReport(mail, envelopeFrom, report)) return reported
  const embedded = embeddedRecipients(mail)
  return embedded.length > 0 ? embedded : writtenRecipients(mail, report, headers)
}

// One recipient that failed matters more than others that were reached.
function kindOf(recipients: readonly ReportedRecipient[]): MailKind {
  if (recipients.some(({ action }) => action === 'failed')) return 'bounce'
  return recipients.some(({ action }) => action === 'delayed') ? 'delayed' : 'delivered'
}
