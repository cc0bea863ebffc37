import { buffer } from 'node:stream/consumers'
import { veilSecrets } from '#app/mail/veil-secrets.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { openVerified } from '#app/platform/objects.server.ts'

/** A file of a message. `sha256` is that of the bytes that came. */
export interface MessageFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly sha256: string
}

/** Where a file of a message lies, and what must not be read in it. */
export interface FoundMessageFile {
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  readonly live: readonly string[]
  readonly isHolder: boolean
}

/** A file that came with a mail of a conversation, for whoever sees the message; null when the asker sees no such file. */
export async function findMessageFile(
  tx: Transaction,
  { id, position }: { id: string; position: number },
): Promise<FoundMessageFile | null> {
  const [found] = await tx.$queryRaw<FoundMessageFile[]>`
    select a.name, a.sha256, a.size_bytes as bytes, is_holder_of(m.notice_id) as "isHolder",
      array(select l.id from notice_link l where l.notice_id = m.notice_id and l.revoked_at is null
        and (l.expires_at is null or l.expires_at > portal_now())) as live
    from message_attachment a join notice_message m on m.id = a.message_id
    where a.message_id = ${id}::uuid and a.position = ${position}`
  return found ?? null
}

/**
 * The bytes of such a file, verified. A mail that is attached may hold the secrets of links, which are veiled from the holder as in
 * the mail itself, and addresses that answer in the place of one side, which are veiled from both.
 */
export async function readMessageFile(file: FoundMessageFile): Promise<MessageFile> {
  const { name, sha256, isHolder, live } = file
  const bytes = await buffer(await openVerified(file))
  return { name, sha256, bytes: veilSecrets(bytes, isHolder ? [...live] : []) ?? bytes }
}
