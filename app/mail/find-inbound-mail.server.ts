import { withPerson } from '#app/platform/db.server.ts'
import { veilSecrets } from './veil-secrets.server.ts'

/** A mail as it came. `sha256` is that of the bytes that came; a veiled copy differs from them in secrets alone. */
export interface KeptMail {
  readonly bytes: Uint8Array
  readonly sha256: string
  readonly veiled: boolean
}

type Row = { bytes: Uint8Array; sha256: string; live: string[] }

/**
 * The bytes of a mail that came for a notice, for a member of its holder; row-level security keeps everybody else's away. The
 * secrets of links that it quotes are veiled while they answer: the holder must not be able to answer in the vendor's name.
 *
 * @returns null when there is no such mail for this person
 */
export function findInboundMail(personId: string, inboundId: string): Promise<KeptMail | null> {
  return withPerson(personId, async (tx) => {
    const [row] = await tx.$queryRaw<Row[]>`
      select r.bytes, i.sha256, array(select l from unnest(i.link_ids) l where not exists (
          select from notice_link n where n.id = l and (n.revoked_at is not null or n.expires_at < portal_now()))) as live
      from inbound_mail i join inbound_raw r on r.sha256 = i.sha256 where i.id = ${inboundId}::uuid`
    if (!row) return null
    const { bytes, sha256, live } = row
    const copy = veilSecrets(bytes, live)
    return { bytes: copy ?? bytes, sha256, veiled: copy !== null }
  })
}
