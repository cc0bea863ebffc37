/** What the outbox asks of whoever owes mails, and tells it; `worker.ts` brings the two together. */

/** The languages of mails. */
export type MailLocale = 'en' | 'ja'

/** A mail owed: by an event of a notice, or with its facts ready and an address or person named. */
export type Duty = {
  id: string
  noticeId: string | null
  eventSequence: number | null
  kind: string
  audience: string
  organisationId: string | null
  personId: string | null
  address: string | null
  locale: MailLocale | null
  facts: unknown
  /** The vendor that a gathered mail is for; it names no notice of its own. */
  vendorId: string | null
  /** The day of a gathered mail, `YYYY-MM-DD`: its lines, readers and words are found when it goes out. */
  gathersOn: string | null
  /** The filing whose notices to one vendor it carries all at once. */
  filingId: string | null
}

/** One who is to get the mail of a duty, resolved when it is sent: address and language are those of that moment. */
export type Recipient = {
  dutyId: string
  address: string
  locale: MailLocale
  personId: string | null
  contactId: string | null
  linkId: string | null
}

/** A mail on its way. */
export type OutgoingMail = {
  id: string
  dutyId: string
  noticeId: string | null
  eventSequence: number | null
  kind: string
  audience: string
  toAddress: string
  personId: string | null
  contactId: string | null
  linkId: string | null
  locale: MailLocale
  /** The facts that the duty carries, if it does. */
  facts: unknown
  /** The day of a gathered mail, `YYYY-MM-DD`. */
  gathersOn: string | null
  /** The filing whose notices to one vendor it carries, and that vendor. */
  filingId: string | null
  vendorId: string | null
}

/**
 * What only the owner of a mail knows: its facts, whose name stands beside Caveat's, where a plain reply goes, and for
 * digests the address at which one click ends them (RFC 8058).
 * An `answerable` mail takes replies here while this portal receives mail; `replyTo` is then for the other case.
 */
export type MailWording = {
  facts: unknown
  fromName: string | null
  replyTo: string | null
  answerable?: boolean
  unsubscribeUrl?: string
}

/** Why a mail cannot be written. */
export type Unwritable = { unwritable: string }

/** A mail that the other side's server took, with its own words. */
export type AcceptedMail = OutgoingMail & { at: Date; response: string }
/** A mail that will not be tried again, with the last words that were heard. */
export type FailedMail = AcceptedMail

/** The handlers of one kind of owner. `Tx` is the transaction in which the outbox writes its own rows. */
export type MailHandlers<Tx> = {
  /** Who gets the mails of these duties. A duty that gets nobody is done without a mail. */
  recipients: (tx: Tx, duties: readonly Duty[]) => Promise<readonly Recipient[]>
  /** Which of these duties must wait for their turn, and until when, asked in the transaction that locks the duties. */
  postpone?: (tx: Tx, duties: readonly Duty[], at: Date) => Promise<ReadonlyMap<string, Date>>
  /** The mails of these duties are about to be made, in the transaction that locks the duties: from here on they go out. */
  begin: (tx: Tx, duties: readonly Duty[]) => Promise<void>
  /** The ids of those of these mails that are no longer true, asked before every sending: they are not sent. */
  stale: (tx: Tx, mails: readonly OutgoingMail[]) => Promise<ReadonlySet<string>>
  /** The wording of these mails, by mail id; what is wrong with one is said in its place and keeps no other back. */
  wordings: (tx: Tx, mails: readonly OutgoingMail[]) => Promise<ReadonlyMap<string, MailWording | Unwritable>>
  /** In the transaction that marks them accepted: all or nothing. */
  accepted: (tx: Tx, mails: readonly AcceptedMail[]) => Promise<void>
  /** In the transaction that marks them failed. */
  failed: (tx: Tx, mails: readonly FailedMail[]) => Promise<void>
  /** Mends what was marked without its owner being told. Returns how many. */
  mend: (tx: Tx, at: Date) => Promise<number>
}
