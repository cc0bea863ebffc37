import { m } from '#app/generated/messages/messages.js'

const statusWords = {
  queued: () => m.notices_mail_status_queued(),
  sending: () => m.notices_mail_status_sending(),
  accepted: () => m.notices_mail_status_accepted(),
  deferred: () => m.notices_mail_status_deferred(),
  delivered: () => m.notices_mail_status_delivered(),
  bounced: () => m.notices_mail_status_bounced(),
  failed: () => m.notices_mail_status_failed(),
  cancelled: () => m.notices_mail_status_cancelled(),
} as const satisfies Record<string, () => string>

/** Says what is known of a mail that left. */
export function mailStatusWord(status: string): string {
  const words: Readonly<Record<string, () => string>> = statusWords
  return words[status]?.() ?? status
}
