import type { Authentication } from './authentication.ts'

/** What mail that came in is handed over as, and what its owner makes of it; `worker.ts` brings the two together. */

/** A part of a mail that is kept beside its text. */
export type KeptPart = { name: string; mediaType: string; bytes: number; sha256: string }

/** A mail that one side of a notice wrote, or a machine of theirs. */
export type InboundMessage = {
  inboundId: string
  noticeId: string
  sha256: string
  receivedAt: Date
  /** From which side the mail came that it answers; null when an operator assigned it. */
  side: 'holder' | 'vendor' | null
  /** Whose address the mail answers went to, if a person's. */
  personId: string | null
  from: { name: string; address: string }
  subject: string
  fresh: string
  quoted: string
  attachments: readonly KeptPart[]
  /** Written by a machine, or one of our own mails sent on: it is kept, and passed on to nobody. */
  automatic: boolean
  authentication: Authentication | null
}

/** What a report says of one outgoing mail that carries or follows a notice. */
export type ReportedMail = {
  id: string
  noticeId: string | null
  contactId: string | null
  kind: string
  toAddress: string
  at: Date
  /** The other server's words, or the report's. */
  response: string
}

/** What a mail that names no notice says: for guesses about where it belongs. */
export type Unplaced = {
  from: string
  subject: string
  text: string
  /** Message-IDs that it answers. */
  answers: readonly string[]
  receivedAt: Date
}

/** Where a mail may belong: never more than a proposal. `score` 1 to 100. */
export type Guess = { noticeId: string; score: number; reasons: readonly string[] }

/** The handlers of whoever owns what mails are about. Each runs in the transaction that marks the mail as taken in. */
export type InboundHandlers<Tx> = {
  /** Adds a message to its notice: the number of its event, null if it made none; false if the notice takes no message. */
  received: (tx: Tx, message: InboundMessage) => Promise<{ taken: boolean; sequence: number | null }>
  /** A mail came back for good. `addressIsDead`: only another address can help. */
  bounced: (tx: Tx, mail: ReportedMail, addressIsDead: boolean) => Promise<void>
  delivered: (tx: Tx, mail: ReportedMail) => Promise<void>
  guesses: (tx: Tx, mail: Unplaced) => Promise<readonly Guess[]>
}
