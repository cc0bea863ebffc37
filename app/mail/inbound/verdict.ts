import type { FailureReason } from './failure-reasons.ts'

/**
 * What a mail that came in is.
 *
 * `bounce`: could not be delivered, for good. `delayed`: not yet, tried on. `delivered`: a report of success.
 * `auto`: a machine wrote it (out of office, ticket opened, read receipt, newsletter). `complaint`: our mail was reported as abuse.
 * `reply`: as far as can be told, a person. `unknown`: nothing in it to judge by.
 */
export type MailKind = 'reply' | 'bounce' | 'delivered' | 'delayed' | 'auto' | 'complaint' | 'unknown'

/** RFC 3464 section 2.3.3. */
export const actions = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const
export type DeliveryAction = (typeof actions)[number]

/** What a report says of one recipient. */
export type ReportedRecipient = {
  /** Lowercased; empty if the report names none. */
  address: string
  action: DeliveryAction
  /** Enhanced status code of RFC 3463, such as `5.1.1`. */
  status: string | null
  /** SMTP reply code of RFC 5321, such as `550`. */
  replyCode: string | null
  reason: FailureReason
  /**
   * Whether only another address can help: nobody there, no such domain, moved, takes no mail.
   * Whether it is final is what `action` says.
   */
  hard: boolean
  /** The words of the server or of the report, on one line, at most 1000 characters. */
  diagnostic: string
}

export type DeliveryReport = {
  recipients: readonly ReportedRecipient[]
  /** Of our mail that the report is about, with angle brackets. */
  originalMessageId: string | null
  /** Headers of our mail as they came back: lowercased names, first values. */
  originalHeaders: ReadonlyMap<string, string>
}

export type Verdict = {
  kind: MailKind
  /** For `bounce`, `delayed`, `delivered`; for `complaint` with the recipients the complaint names. */
  bounce?: DeliveryReport
  /** Whether it may be answered by a machine at all (RFC 3834 section 2). */
  answerable: boolean
}
