import type { FailureReason } from './failure-reasons.ts'

/** The first enhanced status code in a text, or null; an IP address or a version is none (RFC 3463 section 2). */
export function statusIn(text: string): string | null {
  return /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)/.exec(text)?.[0] ?? null
}

/** The first SMTP reply code of a failure in a text, or null (RFC 5321 section 4.2). */
export function replyCodeIn(text: string): string | null {
  // Neither part of an address, a port or an id, nor a number of something.
  const code = /(?<![\d./@#-]|[\w\]]:)[45][0-7]\d(?=[ \-:,]|$)(?!\s*(?:days?|hours?|minutes?|seconds?|bytes|attempts))/m
  // Exchange writes "#550 5.1.1".
  return code.exec(text)?.[0] ?? /#([45][0-7]\d) [45]\.\d/.exec(text)?.[1] ?? null
}

/** Codes that mean one thing only, whatever words follow (RFC 3463 sections 3.2 to 3.8; RFC 7372; RFC 7505). */
export const plainStatuses: Record<string, FailureReason> = {
  '1.6': 'moved',
  '1.7': 'sender-refused',
  '1.8': 'sender-refused',
  '1.10': 'takes-no-mail',
  '2.2': 'mailbox-full',
  '2.3': 'too-large',
  '3.4': 'too-large',
  '4.7': 'expired',
  '7.20': 'unauthenticated',
  '7.21': 'unauthenticated',
  '7.22': 'unauthenticated',
  '7.23': 'unauthenticated',
  '7.24': 'unauthenticated',
  '7.25': 'blocked',
  '7.26': 'unauthenticated',
  '7.27': 'takes-no-mail',
}

/** Codes that servers also give for other things: believed when the words say nothing (RFC 3463). */
export const looseStatuses: Record<string, FailureReason> = {
  '1.0': 'unclear',
  '1.1': 'no-such-user',
  '1.2': 'no-such-host',
  '1.3': 'no-such-user',
  '1.4': 'no-such-user',
  '2.1': 'mailbox-disabled',
  '2.4': 'mailbox-disabled',
  '3.0': 'system',
  '3.1': 'system',
  '3.2': 'system',
  '3.3': 'protocol',
  '3.5': 'system',
  '4.0': 'network',
  '4.1': 'network',
  '4.2': 'network',
  '4.3': 'network',
  '4.4': 'network',
  '4.5': 'too-many',
  '4.6': 'network',
  '5.0': 'protocol',
  '5.1': 'protocol',
  '5.2': 'protocol',
  '5.3': 'too-many',
  '5.4': 'protocol',
  '6.0': 'policy',
  '7.0': 'policy',
  '7.1': 'policy',
}

/** Reply codes with one meaning (RFC 5321 section 4.2.3, RFC 7504, RFC 7505). */
export const replyCodes: Record<string, FailureReason> = {
  '421': 'network',
  '452': 'mailbox-full',
  '521': 'takes-no-mail',
  '552': 'mailbox-full',
  '556': 'takes-no-mail',
}
