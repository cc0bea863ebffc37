import type { ReportedRecipient } from './inbound/verdict.ts'

/**
 * Of the recipients that a report names, the one that a mail to `address` went to: by its address, or the only one there is,
 * because mailboxes forward under other names. None when several others are named.
 */
export function chosenRecipient(
  recipients: readonly ReportedRecipient[],
  address: string,
): ReportedRecipient | undefined {
  const named = recipients.filter((recipient) => recipient.address === address.toLowerCase())
  // One that failed matters more than what was said of the same address before.
  const found = named.find(({ action }) => action === 'failed') ?? named.at(-1)
  return found ?? (recipients.length === 1 ? recipients[0] : undefined)
}
