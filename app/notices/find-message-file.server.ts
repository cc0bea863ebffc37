import { buffer } from 'node:stream/consumers'
import { veilSecrets } from '#app/mail/veil-secrets.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { openVerified } from '#app/platform/objects.server.ts'

/** A file of a message. `sha256` is that of the bytes that came. */
export interface MessageFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly sha256: string
}

type Row = { name: string; sha256: string; bytes: number; live: string[]; isHolder: boolean }

/**
 * A file that came with a mail of a conversation, for whoever sees the message. A mail that is attached may hold the secrets
 * of links: they are veiled from the holder, as in the mail itself.
 *
 * @returns null when there is no such file for this person
 */
export async function findMessageFile(
  personId: string,
  { id, position }: { id: string; position: number },
): Promise<MessageFile | null> {
  const row = await withPerson(personId, async (tx) => {
    const [found] = await tx.$queryRaw<Row[]>`
      select a.name, a.sha256, a.size_bytes as bytes, is_holder_of(m.notice_id) as "isHolder",
        array(select l.id from notice_link l where l.notice_id = m.notice_id and l.revoked_at is null
          and (l.expires_at is null or l.expires_at > now())) as live
      from message_attachment a join notice_message m on m.id = a.message_id
      where a.message_id = ${id}::uuid and a.position = ${position}`
    return found
  })
  if (row === undefined) return null
  const { name, sha256 } = row
  const bytes = await buffer(await openVerified({ sha256, bytes: row.bytes }))
  return { name, sha256, bytes: (row.isHolder ? veilSecrets(bytes, row.live) : null) ?? bytes }
}
