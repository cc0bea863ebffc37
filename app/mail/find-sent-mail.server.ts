import { withPerson } from '#app/platform/db.server.ts'

/** A mail as it left, byte for byte. */
export interface SentMail {
  readonly bytes: Uint8Array
  readonly sha256: string
}

/**
 * The bytes of a mail about a notice, for a member of its holder; row-level security keeps everybody else's away.
 *
 * @returns null when there is no such mail for this person, or it is not composed yet
 */
export function findSentMail(personId: string, mailId: string): Promise<SentMail | null> {
  return withPerson(personId, async (tx) => {
    const [row] = await tx.$queryRaw<SentMail[]>`
      select r.bytes, m.raw_sha256 as sha256 from outgoing_mail m join mail_raw r on r.mail_id = m.id
      where m.id = ${mailId}::uuid and m.raw_sha256 is not null`
    return row ?? null
  })
}
