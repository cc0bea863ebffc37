import { withPerson } from '#app/platform/db.server.ts'
import { veilSecrets } from './veil-secrets.server.ts'

/** A mail as it left. `sha256` is that of the bytes that were sent; a veiled copy differs from them in the link alone. */
export interface SentMail {
  readonly bytes: Uint8Array
  readonly sha256: string
  readonly veiled: boolean
}

type Row = { bytes: Uint8Array; sha256: string; linkId: string | null; live: boolean | null }

/**
 * The bytes of a mail about a notice, for a member of its holder; row-level security keeps everybody else's away.
 * While the recipient's link still answers, its secret is veiled: the holder must not be able to answer in their name.
 *
 * @returns null when there is no such mail for this person, or it is not composed yet
 */
export function findSentMail(personId: string, mailId: string): Promise<SentMail | null> {
  return withPerson(personId, async (tx) => {
    const [row] = await tx.$queryRaw<Row[]>`
      select r.bytes, m.raw_sha256 as sha256, m.link_id as "linkId",
        l.revoked_at is null and (l.expires_at is null or l.expires_at > portal_now()) as live
      from outgoing_mail m join mail_raw r on r.mail_id = m.id left join notice_link l on l.id = m.link_id
      where m.id = ${mailId}::uuid and m.raw_sha256 is not null`
    if (!row) return null
    const { bytes, sha256, linkId, live } = row
    // A mail to a member carries no link, but an address that answers.
    if (linkId !== null && live === false) return { bytes, sha256, veiled: false }
    const copy = veilSecrets(bytes, linkId === null ? [] : [linkId])
    return { bytes: copy ?? bytes, sha256, veiled: copy !== null }
  })
}
