import { veilSecrets } from '#app/mail/veil-secrets.server.ts'
import type { SentMail } from '#app/mail/find-sent-mail.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { mostInMail } from './schedule.ts'

/**
 * The bytes of a mail that carried all notices of a filing to a vendor, for a member of the association that sent it. The links by which
 * its reader answers are veiled: the association must not be able to answer in the vendor's name.
 *
 * @returns null when there is no such mail for this person, or it is not composed yet
 */
export function findServingMail(personId: string, mailId: string): Promise<SentMail | null> {
  return withPerson(personId, async (tx) => {
    const [row] = await tx.$queryRaw<{ bytes: Uint8Array; sha256: string; lists: string[]; links: string[] }[]>`
      select * from collective_mail_bytes(${mailId}::uuid)`
    if (!row) return null
    const { bytes, sha256, lists, links } = row
    // A mail with more notices than that names the list of them alone.
    const copy = veilSecrets(bytes, links.length > mostInMail ? lists : [...lists, ...links])
    return { bytes: copy ?? bytes, sha256, veiled: copy !== null }
  })
}
